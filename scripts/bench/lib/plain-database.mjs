// A database as tools write them: different records, all written out, no macros.

const forms = [
  (n) => `record(ai, "${prefix(n)}AI${n}") {
    field(DESC, "${word(n)} temperature ${n}")
    field(DTYP, "Soft Channel")
    field(INP,  "${prefix(n)}CALC${n + 2} CP MS")
    field(SCAN, "Passive")
    field(EGU,  "degC")
    field(PREC, "3")
    field(HIHI, "${(n % 90) + 10}.5")
    field(HHSV, "MAJOR")
    field(LOLO, "-${n % 50}")
    field(LLSV, "MAJOR")
}
`,
  (n) => `record(ao, "${prefix(n)}AO${n}")
{
    field(DESC, "${word(n)} setpoint ${n}")
    field(OUT,  "${prefix(n)}AI${n - 1}.VAL PP")
    field(DRVH, "${n % 1000}")
    field(DRVL, "-${n % 1000}.25")
    field(PREC, "4")
    field(EGU,  "A")
    info(autosaveFields, "VAL PREC")
}
`,
  (n) => `# calculation ${n}
record(calc, "${prefix(n)}CALC${n}") {
    field(CALC, "A+B*${n}")
    field(INPA, "${prefix(n)}AI${n - 2}")
    field(INPB, "${n}")
    field(INPC, "0.${n}")
    field(SCAN, "1 second")
    field(FLNK, "${prefix(n)}BI${n + 2}")
    field(PREC, "2")
}
`,
  (n) => `record(mbbi, "${prefix(n)}MB${n}") {
    field(DESC, "${word(n)} state ${n}")
    field(INP,  "${prefix(n)}BI${n + 1} NPP NMS")
    field(ZRVL, "0")
    field(ONVL, "1")
    field(TWVL, "0x2")
    field(ZRST, "Idle")
    field(ONST, "Moving")
    field(TWST, "Error ${n % 10}")
    field(TWSV, "MAJOR")
}
`,
  (n) => `record(bi, "${prefix(n)}BI${n}") {
    field(DESC, "${word(n)} switch ${n}")
    field(INP,  "${prefix(n)}STR${n + 1}.SEVR")
    field(ZNAM, "Off")
    field(ONAM, "On")
    field(OSV,  "MINOR")
    field(PINI, "YES")
}
`,
  (n) => `record(stringin, "${prefix(n)}STR${n}") {
    field(DESC, "${word(n)} name")
    field(DTYP, "Soft Channel")
    field(VAL,  "${word(n)}-${n}")
    field(PINI, "YES")
    field(ASG,  "${word(n)}")
}
`,
  (n) => `record(stringout, "${prefix(n)}M${n}") {
    field(DESC, "axis ${n} of stage ${n % 97}")
    field(DTYP, "Soft Channel")
    field(OUT,  "${prefix(n)}STR${n - 1} PP")
    field(VAL,  "idle")
    field(FLNK, "${prefix(n)}AI${n + 1}")
    info(archive, "monitor, 00:00:01, VAL")
    info(autosaveFields, "DESC VAL")
}
`,
]

const words = ['Beam', 'Vacuum', 'Cooling', 'Magnet', 'Water', 'Pump', 'Valve', 'Slit', 'Heater']

/** @param {number} count of records */
export function plainDatabase(count) {
  return Array.from({ length: count }, (_, n) => forms[n % forms.length](n)).join('\n')
}

function prefix(n) {
  return `LAB-S${n % 97}:`
}

function word(n) {
  return words[(n * 7) % words.length]
}
