import type { CommandCall } from '../../shell/types.ts'
import type { Severity } from '../../text/codes.ts'

/** Where a command must stand, and who says so. */
export interface OrderRow {
  readonly command: string | RegExp
  readonly when: 'before iocInit' | 'after iocInit'
  /** What happens to it at the wrong place. */
  readonly effect: string
  readonly severity: Severity
  /** Where this is known from. */
  readonly source: string
  /** Only some uses of the command. */
  readonly applies?: (call: CommandCall) => boolean
  /** It may come again if it has been there at the right place. */
  readonly mayRepeat?: boolean
}

/** Tried with a softIocPVA of base 7.0.10; `test/e2e/commands.test.ts` does it again. */
const seen = 'softIocPVA 7.0.10'

function variable(pattern: RegExp): (call: CommandCall) => boolean {
  return ({ words }) => pattern.test(words[1]?.text ?? '')
}

const beforeInit: readonly Omit<OrderRow, 'when'>[] = [
  {
    command: /^dbLoad(Records|Template)$/,
    effect: 'records cannot be loaded after iocInit',
    ...{ severity: 'error', source: seen },
  },
  {
    command: /^callback(SetQueueSize|ParallelThreads)$/,
    effect: 'the callback system is initialised already',
    ...{ severity: 'error', source: seen },
  },
  {
    command: 'afterIocRunning',
    effect: 'its command would never run',
    ...{ severity: 'error', source: seen },
  },
  {
    command: /^(dbLoadDatabase|registerAllRecordDeviceDrivers|.+_registerRecordDeviceDriver)$/,
    effect: 'device support and drivers that come so late are not initialised',
    ...{ severity: 'warning', source: 'base, iocInit.c: initDrvSup, initDevSup run in iocBuild' },
  },
  {
    command: 'scanOnceSetQueueSize',
    effect: 'the queue has its size already',
    ...{ severity: 'warning', source: 'base, dbScan.c: scanInit makes the queue' },
  },
  {
    command: /^asSet(Filename|Substitutions)$/,
    effect: 'access security stays off if it was not given a file before iocInit',
    ...{ severity: 'warning', source: seen, mayRepeat: true },
  },
  {
    command: 'dbLoadGroup',
    effect: 'groups are made by iocInit',
    ...{ severity: 'warning', source: 'base, documentation of QSRV: group definitions' },
  },
  {
    command: 'epicsEnvSet',
    applies: variable(/^EPICS_(CAS|PVAS)_|^EPICS_CA_MAX_ARRAY_BYTES$/),
    effect: 'the servers have read it already',
    ...{ severity: 'warning', source: 'base, CA reference manual: environment of the server' },
  },
  {
    command: 'epicsEnvSet',
    applies: variable(/^STREAM_PROTOCOL_PATH$/),
    effect: 'StreamDevice has read it already',
    ...{ severity: 'warning', source: 'StreamDevice, setup.html and drvStreamInit' },
  },
  {
    command: /^(drvAsyn(IP|IPServer|Serial)PortConfigure|vxi11Configure|usbtmcConfigure)$/,
    effect: 'records that use the port have not found it',
    ...{
      severity: 'warning',
      source: 'seen: asyn 4.45, device support looks for the port in iocInit',
    },
  },
  {
    command: /^set_pass[01]_restoreFile$/,
    effect: 'values are restored by iocInit',
    ...{ severity: 'warning', source: 'autosave 6.0, docs/autoSaveRestore.md: "before iocInit"' },
  },
]

const afterInit: readonly Omit<OrderRow, 'when'>[] = [
  {
    command: /^db(pf|gf|tr|tgf|tpf)$/,
    effect: 'it only works after iocInit',
    ...{ severity: 'error', source: seen },
  },
  {
    command: /^(db(b|c|p|s|el|tpn|stat|car)|gft|pft|tpn|taskwdShow)$/,
    effect: 'the IOC can crash',
    ...{ severity: 'error', source: seen },
  },
  {
    command: /^(scanppl|scanOnceQueueShow|callbackQueueShow|astac)$/,
    effect: 'what it shows is not there yet',
    ...{ severity: 'warning', source: seen },
  },
  {
    command: 'seq',
    effect: 'the program starts without its channels',
    ...{ severity: 'info', source: 'practice: startup scripts of sites and of synApps xxx' },
  },
  {
    command: /^create_(monitor|periodic|triggered|manual)_set$/,
    effect: 'its channels are not there yet',
    ...{ severity: 'info', source: 'autosave 6.0, docs/autoSaveRestore.md: "after iocInit"' },
  },
  {
    command: 'asVerify',
    effect: 'there are no values yet that it could compare',
    ...{ severity: 'info', source: 'autosave 6.0, docs/autoSaveRestore.md: Utilities' },
  },
  {
    command: /^caPut(Json)?LogInit$/,
    effect: 'it needs access security, which iocInit starts',
    ...{ severity: 'warning', source: 'caPutLog 4.0, docs/index.rst: Configure' },
  },
  {
    command: 'saveData_Init',
    effect: 'its channels are not there yet',
    ...{ severity: 'warning', source: 'sscan, documentation: how to set up saveData' },
  },
]

/** All rows; a command may have several, the first that applies counts. */
export const orderTable: readonly OrderRow[] = [
  ...beforeInit.map((row) => ({ ...row, when: 'before iocInit' as const })),
  ...afterInit.map((row) => ({ ...row, when: 'after iocInit' as const })),
]
