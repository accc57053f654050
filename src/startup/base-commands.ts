/**
 * Commands of base 7.0.10 (`help` of softIocPVA) without those that the walk handles itself. None of
 * them sets a variable, creates a file that a script would load, or starts the IOC.
 */
export const baseCommands: ReadonlySet<string> = new Set(
  `ClockTime_Report asDumpHash asInit asSetFilename asSetSubstitutions ascar asdbdump asphag aspmem
  asprules aspuag astac callbackParallelThreads callbackQueueShow callbackSetQueueSize casr
  coreRelease date dbCreateAlias dbDumpBreaktable dbDumpDevice dbDumpDriver dbDumpField
  dbDumpFunction dbDumpLink dbDumpMenu dbDumpPath dbDumpRecord dbDumpRecordType dbDumpRegistrar
  dbDumpVariable dbLockShowLocked dbNotifyDump dbPutAttribute dbPvdDump dbPvdTableSize
  dbReportDeviceConfig dbStateClear dbStateCreate dbStateSet dbStateShow dbStateShowAll dba dbap dbb
  dbc dbcar dbd dbel dbgf dbgl dbglob dbgrep dbhcr dbior dbjlr dbl dbla dbli dblsr dbnr dbp dbpf dbpr
  dbpvar dbs dbsr dbstat dbtgf dbtpf dbtpn dbtr echo eltc epicsEnvShow epicsMutexShowAll
  epicsParamShow epicsPrtEnvParams epicsThreadResume epicsThreadShow epicsThreadShowAll
  epicsThreadSleep errlog errlogInit errlogInit2 generalTimeReport gft help
  installLastResortEventProvider iocLogInit iocLogPrefix iocLogShow iocPause pft postEvent pval pvasr
  pwd refdiff refmon refsave refshow registerAllRecordDeviceDrivers registryDeviceSupportFind
  registryDriverSupportFind registryDump registryFunctionFind registryRecordTypeFind
  scanOnceQueueShow scanOnceSetQueueSize scanpel scanpiol scanppl setIocLogDisable startPVAServer
  stopPVAServer taskwdShow tpn var`.split(/\s+/),
)
