import type { Diagnostic } from '../../text/diagnostic.ts'
import type { CheckedIoc } from '../types.ts'
import type { RecordLink } from './record-links.ts'

/** Looks at one link of an IOC; see `links.ts`. Called for every link: quick if nothing is wrong. */
export type LinkRule = (link: RecordLink, ioc: CheckedIoc) => Diagnostic | undefined
