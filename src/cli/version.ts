declare const __E3_VERSION__: string

/** Version of this product, put in by the build. */
export const productVersion: string = typeof __E3_VERSION__ === 'string' ? __E3_VERSION__ : '0.0.0'
