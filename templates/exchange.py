"""Exchanges two paths in one step (renameat2 with RENAME_EXCHANGE, which Node does not offer).

usage: exchange.py <path> <path>; exit status 1 where kernel or file system cannot do it.
"""
import ctypes
import os
import platform
import sys

CALL_NUMBERS = {"x86_64": 316, "aarch64": 276, "riscv64": 276, "ppc64le": 357}
AT_FDCWD = -100
RENAME_EXCHANGE = 2

number = CALL_NUMBERS.get(platform.machine())
if number is None:
    sys.exit(1)
first, second = (os.fsencode(path) for path in sys.argv[1:3])
libc = ctypes.CDLL(None, use_errno=True)
failed = libc.syscall(
    ctypes.c_long(number),
    ctypes.c_int(AT_FDCWD),
    ctypes.c_char_p(first),
    ctypes.c_int(AT_FDCWD),
    ctypes.c_char_p(second),
    ctypes.c_uint(RENAME_EXCHANGE),
)
sys.exit(1 if failed else 0)
