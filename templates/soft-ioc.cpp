// softIocPVA of an embedded base: compiled by `e3 base install` against the libraries of the
// Python package epicscorelibs. Options and exit status are those of base's own softIocPVA. What
// differs, each for a reason:
//  - SIGTERM, SIGINT and SIGHUP run the exit hooks before the process ends (with 128 + signal);
//  - stdout is line buffered, so that a log file is complete and in the order of events;
//  - nothing sleeps after a script, and -S waits without using the CPU;
//  - several script files may be given, and one that does iocInit itself is fine with -d and -x;
//  - where iocInit fails the process ends (with 2): base goes on without a running IOC.

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <string>

#include <climits>
#include <fcntl.h>
#include <unistd.h>

#include <asDbLib.h>
#include <dbAccess.h>
#include <envDefs.h>
#include <epicsExit.h>
#include <epicsSignal.h>
#include <epicsThread.h>
#include <errlog.h>
#include <initHooks.h>
#include <iocInit.h>
#include <iocsh.h>
#include <iocshRegisterCommon.h>
#include <registryFunction.h>
#include <subRecord.h>

namespace {

// ---- The end of the process ---------------------------------------------------------------

// What is written into the pipe: a signal number, or one of these.
const unsigned char endWithSuccess = 0xf0;
const unsigned char endWithFailure = 0xf1;

int endPipe[2] = {-1, -1};
std::atomic<bool> ending(false);
std::atomic<bool> atPrompt(false);

// What the main thread does. Before the first script nothing has an exit hook, and while it works
// the destructors of static objects must not run under it.
enum Phase { isPreparing, isWorking, isWaiting };
std::atomic<Phase> phase(isPreparing);

std::atomic<unsigned long> firstSignalAt(0);  // milliseconds, 0: none yet
const unsigned long sameRequest = 1000;

// Whoever calls this first runs the exit hooks; base would let a second caller end the process
// while the hooks of the first one still run.
void endProcess(int status) {
    if (!ending.exchange(true)) epicsExit(status);
    for (;;) pause();
}

std::atomic<bool> inIocInit(false);
const int iocInitLimit = 5, hooksLimit = 3;  // seconds
volatile sig_atomic_t lateStatus = EXIT_FAILURE;

void watchIocInit(initHookState state) {
    if (state == initHookAtIocBuild || state == initHookAtIocRun) inIocInit = true;
    if (state == initHookAfterIocBuilt || state == initHookAfterIocRunning) inIocInit = false;
}

void endLate(int) { _exit(lateStatus); }

// Hooks that run in the middle of iocInit wait for each other with it, and what a script works at
// may hold a hook up: both get a limited time.
void endWhileWorking(int status) {
    for (int tenth = 0; inIocInit && tenth < 10 * iocInitLimit; tenth++) epicsThreadSleep(0.1);
    lateStatus = status;
    signal(SIGALRM, endLate);
    alarm(hooksLimit);
    epicsExitCallAtExits();
    fflush(stdout);
    _exit(status);
}

void endFromOutside(int status) {
    if (ending.exchange(true))
        for (;;) pause();
    if (phase == isPreparing) _exit(status);
    if (phase == isWorking) endWhileWorking(status);
    epicsExit(status);
}

void requestEnd(unsigned char reason) {
    ssize_t written = write(endPipe[1], &reason, 1);
    (void)written;  // a full pipe holds enough requests
}

// Never 0. Differences stay right where a long of 32 bits wraps.
unsigned long millisecondsNow() {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return ((unsigned long)now.tv_sec * 1000 + (unsigned long)now.tv_nsec / 1000000) | 1;
}

// Only async-signal-safe calls: the exit hooks run in a thread of their own. A second signal cuts
// hooks short that hang; one within a second is the same request sent twice, as timeout(1) does
// to a process and then to its group.
void onSignal(int number) {
    const int before = errno;
    if (number != SIGINT || !atPrompt) {
        unsigned long first = 0;
        const unsigned long now = millisecondsNow();
        if (!firstSignalAt.compare_exchange_strong(first, now) && now - first >= sameRequest)
            _exit(128 + number);
    }
    requestEnd((unsigned char)number);
    errno = before;
}

// At the prompt of a terminal ^C throws away the line that is being typed (the terminal does
// that), not the IOC.
void repeatPrompt() {
    const char *prompt = envGetConfigParamPtr(&IOCSH_PS1);
    printf("\n%s", prompt ? prompt : "");
    fflush(stdout);
}

const int handledSignals[] = {SIGTERM, SIGINT, SIGHUP};

// Anything else in the pipe was written by code that has mistaken its descriptor for another.
bool isHandled(int number) {
    for (int handled : handledSignals)
        if (number == handled) return true;
    return false;
}

void waitForEnd(void *) {
    for (;;) {
        unsigned char reason;
        const ssize_t count = read(endPipe[0], &reason, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count != 1) return;
        if (reason == SIGINT && atPrompt) repeatPrompt();
        else if (reason == endWithSuccess) endFromOutside(EXIT_SUCCESS);
        else if (reason == endWithFailure) endFromOutside(EXIT_FAILURE);
        else if (isHandled(reason)) endFromOutside(128 + reason);
    }
}

// A signal that was ignored from the start (nohup, a background job of a script) stays ignored.
// One that is blocked comes through: procServ leaves those blocked that it handles itself.
void handleSignal(int number) {
    struct sigaction action;
    sigaction(number, NULL, &action);
    if (number != SIGTERM && action.sa_handler == SIG_IGN) return;
    action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
    sigset_t handled;
    sigemptyset(&handled);
    sigaddset(&handled, number);
    pthread_sigmask(SIG_UNBLOCK, &handled, NULL);
}

// Handlers and a pipe rather than blocked signals: a signal mask would be inherited by the
// programs that `system` starts.
void handleSignals() {
    if (pipe2(endPipe, O_CLOEXEC) != 0) throw std::runtime_error("Can't create a pipe");
    fcntl(endPipe[1], F_SETFL, O_NONBLOCK);
    epicsThreadMustCreate("exitOnSignal", epicsThreadPriorityLow,
                          epicsThreadGetStackSize(epicsThreadStackMedium), waitForEnd, NULL);
    for (int number : handledSignals) handleSignal(number);
    epicsSignalInstallSigPipeIgnore();
}

// The `<prefix>:exit` record of softIocExit.db. A put to the record sets VAL; base's own subroutine
// looks at A, which some write to instead.
extern "C" long exitSubroutine(subRecord *record) {
    const bool success = record->val == 0.0 && record->a == 0.0;
    requestEnd(success ? endWithSuccess : endWithFailure);
    return 0;
}

// ---- Options ------------------------------------------------------------------------------

struct Ioc {
    std::string base;  // the installation this executable lies in, wherever it was moved
    std::string dbd;
    std::string macros;
    bool verbose = false;
    bool interactive = true;
    bool isReady = false;    // dbd loaded and registered
    bool hasRecords = false;
};

std::string baseOfThisExecutable() {
    char path[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof(path));
    if (length <= 0) throw std::runtime_error("Can't read /proc/self/exe");
    std::string base(path, (size_t)length);
    for (int level = 0; level < 3; level++) base.erase(base.rfind('/'));  // bin/<arch>/<name>
    return base;
}

void usage(const char *program, const Ioc &ioc) {
    printf(
        "Usage: %s [-D <file.dbd>] [-h] [-S] [-s] [-v] [-a <file.acf>]\n"
        "       [-m <macros>] [-d <file.db>] [-x <prefix>] [<st.cmd> ...]\n"
        "\n"
        "  -D <file.dbd>  database definitions; must be the first option if it is used\n"
        "                 (default: %s)\n"
        "  -m <macros>    A=1,B=2: macros of the -a and -d that follow; replaces an earlier -m\n"
        "  -d <file.db>   load records\n"
        "  -a <file.acf>  access security\n"
        "  -x <prefix>    load softIocExit.db: put 0 to <prefix>:exit ends the IOC with success,\n"
        "                 any other value with failure\n"
        "  -S             no interactive shell: run until a signal comes\n"
        "  -s             an interactive shell; it is the default\n"
        "  -v             print what is done at start-up\n"
        "  -h             print this help\n"
        "\n"
        "Each script is run after the options. Then iocInit is done if there is -d or -x and no\n"
        "script has done it, then the interactive shell reads from standard input.\n"
        "SIGTERM, SIGINT and SIGHUP run the exit hooks and end the IOC with 128 + signal.\n",
        program, ioc.dbd.c_str());
}

// Definitions are loaded when something needs them, so that -D can name others.
void makeReady(Ioc &ioc) {
    if (ioc.isReady) return;
    ioc.isReady = true;
    if (ioc.verbose) printf("dbLoadDatabase(\"%s\")\n", ioc.dbd.c_str());
    if (dbLoadDatabase(ioc.dbd.c_str(), NULL, NULL))
        throw std::runtime_error("Failed to load DBD file: " + ioc.dbd);
    if (ioc.verbose) printf("registerAllRecordDeviceDrivers(pdbbase)\n");
    if (registerAllRecordDeviceDrivers(pdbbase))
        throw std::runtime_error("Failed to register what " + ioc.dbd + " names");
}

void loadRecords(Ioc &ioc, const std::string &file, const std::string &macros) {
    makeReady(ioc);
    if (ioc.verbose)
        printf("dbLoadRecords(\"%s\"%s%s%s)\n", file.c_str(), macros.empty() ? "" : ", \"",
               macros.c_str(), macros.empty() ? "" : "\"");
    if (dbLoadRecords(file.c_str(), macros.c_str()))
        throw std::runtime_error("Failed to load: " + file);
    ioc.hasRecords = true;
}

void useAccessSecurity(Ioc &ioc, const char *file) {
    makeReady(ioc);
    if (!ioc.macros.empty()) {
        if (ioc.verbose) printf("asSetSubstitutions(\"%s\")\n", ioc.macros.c_str());
        if (asSetSubstitutions(ioc.macros.c_str()))
            throw std::runtime_error("Failed to set access security macros: " + ioc.macros);
    }
    if (ioc.verbose) printf("asSetFilename(\"%s\")\n", file);
    if (asSetFilename(file)) throw std::runtime_error(std::string("Failed to set: ") + file);
}

void takeDefinitions(Ioc &ioc, const char *file) {
    if (ioc.isReady) throw std::runtime_error("-D must come before -a, -d and -x");
    ioc.dbd = file;
}

const int usageStatus = 2;

void readOptions(Ioc &ioc, int argc, char *argv[]) {
    for (int option; (option = getopt(argc, argv, "D:m:d:a:x:sSvh")) != -1;) {
        switch (option) {
        case 'D': takeDefinitions(ioc, optarg); break;
        case 'm': ioc.macros = optarg; break;
        case 'd': loadRecords(ioc, optarg, ioc.macros); break;
        case 'a': useAccessSecurity(ioc, optarg); break;
        case 'x':
            loadRecords(ioc, ioc.base + "/db/softIocExit.db", std::string("IOC=") + optarg);
            break;
        case 's': ioc.interactive = true; break;
        case 'S': ioc.interactive = false; break;
        case 'v': ioc.verbose = true; break;
        case 'h': usage(argv[0], ioc); endProcess(EXIT_SUCCESS); break;
        default: usage(argv[0], ioc); endProcess(usageStatus);  // getopt has said what is wrong
        }
    }
}

// ---- The run ------------------------------------------------------------------------------

void runScript(const Ioc &ioc, const char *script) {
    if (ioc.verbose) printf("# Begin %s\n", script);
    if (iocsh(script)) throw std::runtime_error(std::string("Error in ") + script);
    if (ioc.verbose) printf("# End %s\n", script);
}

void startIoc(const Ioc &ioc) {
    if (ioc.verbose) printf("iocInit()\n");
    if (iocInit()) throw std::runtime_error("iocInit failed");
}

int runShell() {
    atPrompt = isatty(STDIN_FILENO) != 0;
    const int status = iocsh(NULL);
    atPrompt = false;
    return status ? EXIT_FAILURE : EXIT_SUCCESS;
}

int run(int argc, char *argv[]) {
    Ioc ioc;
    ioc.base = baseOfThisExecutable();
    ioc.dbd = ioc.base + "/dbd/softIocPVA.dbd";
    initHookRegister(watchIocInit);
    iocshRegisterCommon();
    registryFunctionAdd("exit", (REGISTRYFUNCTION)exitSubroutine);
    readOptions(ioc, argc, argv);
    makeReady(ioc);

    phase = isWorking;
    const bool hasScript = optind < argc;
    for (int at = optind; at < argc; at++) runScript(ioc, argv[at]);
    if (ioc.hasRecords && getIocState() == iocVoid) startIoc(ioc);

    phase = isWaiting;
    if (ioc.interactive) return runShell();
    if (!ioc.hasRecords && !hasScript) {
        usage(argv[0], ioc);
        fprintf(stderr, "Nothing to do!\n");
        return EXIT_FAILURE;
    }
    for (;;) pause();
}

// What is closed becomes /dev/null: the next file, pipe or socket would get its number, and what is
// printed would go there.
void openStandardFiles() {
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && open("/dev/null", O_RDWR) != descriptor)
            throw std::runtime_error("Can't open /dev/null");
}

}  // namespace

int main(int argc, char *argv[]) {
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    int status;
    try {
        openStandardFiles();
        handleSignals();
        status = run(argc, argv);
    } catch (const std::exception &error) {
        errlogFlush();
        fprintf(stderr, "Error: %s\n", error.what());
        status = 2;
    }
    endProcess(status);
}
