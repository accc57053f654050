"""Unpacks an epicscorelibs wheel and prints its compile flags as JSON.

usage: unpack-wheel.py <wheel> <folder>

The flags are those of the package itself (epicscorelibs.config), which imports setuptools_dso to
learn which compiler is used; a stand-in answers with the compiler the wheel was built by.
Exit status 4: the wheel is damaged; 5: the folder cannot be written; 6: the wheel is too old to tell
how it was compiled.
The reason is on stderr.
"""
import importlib
import json
import os
import sys
import types
import zipfile
import zlib


def unpack(wheel, folder):
    try:
        archive = zipfile.ZipFile(wheel)
    except (zipfile.BadZipFile, OSError) as error:
        print(getattr(error, "strerror", None) or error, file=sys.stderr)
        sys.exit(4)
    try:
        with archive:
            archive.extractall(folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        print(error, file=sys.stderr)
        sys.exit(4)
    except OSError as error:
        print(error.strerror or error, file=sys.stderr)
        sys.exit(5)


def check_age(folder):
    package = os.path.join(folder, "epicscorelibs")
    if os.path.isdir(package) and not os.path.exists(os.path.join(package, "_config.py")):
        sys.exit(6)


def read_flags(folder):
    package = types.ModuleType("epicscorelibs")
    package.__path__ = [os.path.join(folder, "epicscorelibs")]
    sys.modules["epicscorelibs"] = package
    built_by = importlib.import_module("epicscorelibs._config").toolchain_macros

    class ProbeToolchain(object):
        def __init__(self, *args, **kwargs):
            pass

        def eval_macros(self, names, **kwargs):
            return {name: built_by.get(name) for name in names}

    probe = types.ModuleType("setuptools_dso.probe")
    probe.ProbeToolchain = ProbeToolchain
    sys.modules["setuptools_dso"] = types.ModuleType("setuptools_dso")
    sys.modules["setuptools_dso.probe"] = probe
    config = importlib.import_module("epicscorelibs.config").get_config_vars()
    keys = ("CPPFLAGS", "CFLAGS", "CXXFLAGS", "LDFLAGS", "LDADD")
    return {key: config.get(key, []) for key in keys}


sys.dont_write_bytecode = True
unpack(sys.argv[1], sys.argv[2])
check_age(sys.argv[2])
try:
    print(json.dumps(read_flags(sys.argv[2])))
except (ImportError, AttributeError, TypeError, SyntaxError, RuntimeError) as error:
    print("its configuration cannot be read: %s" % error, file=sys.stderr)
    sys.exit(4)
