import type { IocRule, SiteRule } from '../types.ts'
import { baseDevices } from './base-devices.ts'
import { constantArrays } from './constant-arrays.ts'
import { groupMembers } from './group-members.ts'
import { groupOptions } from './group-options.ts'
import { groupSyntax } from './group-syntax.ts'
import { linkErrors, links } from './links.ts'
import { recordInTwoIocs } from './record-in-two-iocs.ts'
import { recordTwice } from './record-twice.ts'
import { scans } from './scans.ts'
import { subroutines } from './subroutines.ts'

/** Rules on the records of one IOC. */
export const recordRules: readonly IocRule[] = [
  ...[recordTwice, scans, subroutines, baseDevices, constantArrays],
  ...[groupSyntax, groupOptions, groupMembers],
]

/** Those rules which may find what an IOC calls an error, for one IOC. */
export const recordErrorRules: readonly IocRule[] = [
  ...[scans, subroutines, baseDevices, constantArrays],
  ...[groupSyntax, groupOptions, groupMembers, linkErrors],
]

/** Rules on the records of all IOCs that are checked together, one or more. */
export const siteRecordRules: readonly SiteRule[] = [recordInTwoIocs, links]
