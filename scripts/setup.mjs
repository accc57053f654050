// npm run setup: prepares everything and says where it is.
import { moduleTree, prepare } from './lib/prepare.mjs'
import { script } from './lib/run.mjs'

await script(async () => {
  const { base } = await prepare((line) => console.log(`setup: ${line}`))
  console.log(`EPICS base:   ${base}`)
  console.log(`module tree:  ${moduleTree}`)
  console.log('ready: npm start')
})
