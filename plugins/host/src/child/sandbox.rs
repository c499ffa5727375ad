//! What a child process may not do: read or write files, reach the network, start programs, look at other processes, take
//! more memory than it is allowed.
//!
//! On Linux, in two steps. Before the library is opened (its constructors run then), all rights of an administrator are
//! given up, and only those system calls are allowed that opening it needs: no network, no programs, nothing that reaches
//! another process or changes a file or a setting; and of the file system only the library and the system's own can be
//! read (by landlock; a kernel without it lets a constructor read more). Afterwards: no file at all, not even whether there
//! is one. A call that nobody thought of is refused. On other systems there is only the process border and the time-out,
//! and the program says so.

#[cfg(unix)]
use std::path::Path;

/// Which of the walls stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walls {
    /// No file can be opened.
    pub files: bool,
    /// No network, no programs, no look at other processes.
    pub calls: bool,
    /// Memory is bounded.
    pub memory: bool,
    /// While it was opened, when its constructors run, nothing but libraries could be read.
    pub opening: bool,
}

#[cfg(unix)]
impl Walls {
    pub(super) fn bits(self) -> u8 {
        [self.files, self.calls, self.memory, self.opening]
            .into_iter()
            .enumerate()
            .fold(0, |bits, (k, stands)| bits | u8::from(stands) << k)
    }

    pub(super) fn of(bits: u8) -> Self {
        let stands = |k: u8| bits & (1 << k) != 0;
        Walls { files: stands(0), calls: stands(1), memory: stands(2), opening: stands(3) }
    }

    pub(super) fn with(self, other: Walls) -> Self {
        Walls {
            files: self.files | other.files,
            calls: self.calls | other.calls,
            memory: self.memory | other.memory,
            opening: self.opening | other.opening,
        }
    }
}

/// Walls that must stand before foreign code runs.
#[cfg(unix)]
pub(super) fn before(library: &Path, megabytes: u64) -> Result<Walls, String> {
    let mut walls = Walls::default();
    let limit =
        rustix::process::Rlimit { current: Some(megabytes << 20), maximum: Some(megabytes << 20) };
    walls.memory = rustix::process::setrlimit(rustix::process::Resource::As, limit).is_ok();
    // No file of its memory is left behind where it crashes.
    let none = || rustix::process::Rlimit { current: Some(0), maximum: Some(0) };
    let _ = rustix::process::setrlimit(rustix::process::Resource::Core, none());
    // No file grows: neither the shared memory nor one that exists in memory only, which no other limit counts.
    let _ = rustix::process::setrlimit(rustix::process::Resource::Fsize, none());
    #[cfg(target_os = "linux")]
    {
        linux::no_rights()?;
        walls.opening = linux::only_libraries(library)?;
        walls.calls = linux::no_outside()?;
    }
    #[cfg(not(target_os = "linux"))]
    let _ = library;
    Ok(walls)
}

/// Walls that stand once the library is open.
#[cfg(unix)]
pub(super) fn after() -> Result<Walls, String> {
    #[cfg(target_os = "linux")]
    return Ok(Walls { files: linux::no_files()?, ..Walls::default() });
    #[cfg(not(target_os = "linux"))]
    Ok(Walls::default())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeMap;
    use std::path::Path;

    use landlock::{
        ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr,
        RulesetCreatedAttr, RulesetStatus, path_beneath_rules,
    };
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule, TargetArch,
    };

    /// Where the system keeps its libraries.
    const SYSTEM: [&str; 6] =
        ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"];

    fn words(e: impl std::fmt::Display) -> String {
        e.to_string()
    }

    /// Of the file system, only the library and the system's libraries, to be read. A kernel without landlock has no such
    /// wall at this step.
    pub(super) fn only_libraries(library: &Path) -> Result<bool, String> {
        let abi = ABI::V4;
        let read = AccessFs::from_read(abi);
        let paths = SYSTEM.iter().map(Path::new).filter(|p| p.exists()).chain([library]);
        let rules = path_beneath_rules(paths, read);
        let status = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(abi))
            .and_then(|r| r.handle_access(AccessNet::from_all(abi)))
            .and_then(|r| r.create())
            .and_then(|r| r.add_rules(rules))
            .and_then(|r| r.restrict_self())
            .map_err(words)?;
        Ok(status.ruleset != RulesetStatus::NotEnforced)
    }

    /// No file at all: by landlock, and by no longer allowing the calls that open one or look at one by its name.
    pub(super) fn no_files() -> Result<bool, String> {
        let abi = ABI::V4;
        let status = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(abi))
            .and_then(|r| r.create())
            .and_then(|r| r.restrict_self())
            .map_err(words)?;
        let by_calls = allow_only(always())?;
        Ok(by_calls || status.ruleset == RulesetStatus::FullyEnforced)
    }

    /// None of the rights by which an administrator may do more than others, for good.
    pub(super) fn no_rights() -> Result<(), String> {
        use rustix::thread::{CapabilitySet, CapabilitySets};
        for bit in 0..64 {
            // Only who has a right may give this one up; who has none cannot get it by it either.
            let right = CapabilitySet::from_bits_retain(1 << bit);
            let _ = rustix::thread::remove_capability_from_bounding_set(right);
        }
        let none = CapabilitySet::empty();
        let sets = CapabilitySets { effective: none, permitted: none, inheritable: none };
        rustix::thread::set_capabilities(None, sets).map_err(words)
    }

    /// Only what is needed to open a library, and to build the wall that stands afterwards.
    pub(super) fn no_outside() -> Result<bool, String> {
        let write = (libc::O_WRONLY | libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC) as u64;
        let only_read = |place: u8| vec![(place, SeccompCmpOp::MaskedEq(write), 0)];
        let mut calls = always();
        calls.extend([
            (libc::SYS_openat, only_read(2)),
            #[cfg(target_arch = "x86_64")]
            (libc::SYS_open, only_read(1)),
        ]);
        let whole = [
            libc::SYS_newfstatat,
            libc::SYS_statx,
            libc::SYS_faccessat,
            libc::SYS_readlinkat,
            libc::SYS_getcwd,
            #[cfg(target_arch = "x86_64")]
            libc::SYS_stat,
            #[cfg(target_arch = "x86_64")]
            libc::SYS_lstat,
            #[cfg(target_arch = "x86_64")]
            libc::SYS_access,
            #[cfg(target_arch = "x86_64")]
            libc::SYS_readlink,
            libc::SYS_landlock_create_ruleset,
            libc::SYS_landlock_restrict_self,
            libc::SYS_seccomp,
            libc::SYS_prctl,
        ];
        calls.extend(whole.map(|call| (call, Vec::new())));
        if !allow_only(calls)? {
            return Ok(false);
        }
        // The newer way to start a thread says of itself that it is not there, so that the older one is taken, of which
        // the filter sees what it starts.
        let refused = SeccompAction::Errno(libc::ENOSYS as u32);
        let newer = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
        install(newer, SeccompAction::Allow, refused)?;
        Ok(true)
    }

    /// An argument, how it is compared, and with what.
    type Condition = (u8, SeccompCmpOp, u64);

    /// A call, and the conditions under one of which it is allowed; always where there is none.
    type Allowed = (i64, Vec<Condition>);

    /// What computing with memory, threads, pipes and the clock needs, and nothing that reaches a file by its name,
    /// another process, the network, or the settings of the system.
    fn always() -> Vec<Allowed> {
        let own = u64::from(std::process::id());
        let is = |place: u8, x: u64| (place, SeccompCmpOp::Eq, x);
        let thread = libc::CLONE_THREAD as u64;
        const TERMINAL: u64 = 0x5401;
        const NAME_MEMORY: u64 = 0x5356_4d41;
        let partly = [
            // A new thread is allowed, a new process is not.
            (libc::SYS_clone, vec![(0, SeccompCmpOp::MaskedEq(thread), thread)]),
            // Abort sends a signal to its own process.
            (libc::SYS_tgkill, vec![is(0, own)]),
            // Copies of pipes, and flags of these; not who is told of what happens to them.
            (
                libc::SYS_fcntl,
                [libc::F_DUPFD, libc::F_DUPFD_CLOEXEC, libc::F_GETFD, libc::F_SETFD, libc::F_GETFL]
                    .map(|order| is(1, order as u64))
                    .to_vec(),
            ),
            // Whether a stream is a terminal.
            (libc::SYS_ioctl, vec![is(1, TERMINAL)]),
            // Names of threads and of stretches of memory.
            (
                libc::SYS_prctl,
                vec![
                    is(0, libc::PR_SET_NAME as u64),
                    is(0, libc::PR_GET_NAME as u64),
                    is(0, NAME_MEMORY),
                ],
            ),
            // Its own limits, which can only become narrower.
            (libc::SYS_prlimit64, vec![is(0, 0), is(0, own)]),
        ];
        let whole = [
            // Memory.
            libc::SYS_brk,
            libc::SYS_mmap,
            libc::SYS_munmap,
            libc::SYS_mremap,
            libc::SYS_mprotect,
            libc::SYS_madvise,
            // Pipes and other things that are open.
            libc::SYS_read,
            libc::SYS_readv,
            libc::SYS_pread64,
            libc::SYS_write,
            libc::SYS_writev,
            libc::SYS_close,
            libc::SYS_dup,
            libc::SYS_fstat,
            libc::SYS_lseek,
            libc::SYS_ppoll,
            #[cfg(target_arch = "x86_64")]
            libc::SYS_poll,
            // Threads.
            libc::SYS_clone3,
            libc::SYS_futex,
            libc::SYS_set_robust_list,
            libc::SYS_rseq,
            libc::SYS_membarrier,
            libc::SYS_sched_yield,
            libc::SYS_sched_getaffinity,
            libc::SYS_getcpu,
            libc::SYS_gettid,
            libc::SYS_exit,
            libc::SYS_exit_group,
            // Signals of its own.
            libc::SYS_rt_sigaction,
            libc::SYS_rt_sigprocmask,
            libc::SYS_rt_sigreturn,
            libc::SYS_rt_sigsuspend,
            libc::SYS_sigaltstack,
            libc::SYS_restart_syscall,
            #[cfg(target_arch = "x86_64")]
            libc::SYS_pause,
            // The clock, chance, and what the system says of itself and of this process.
            libc::SYS_clock_gettime,
            libc::SYS_clock_getres,
            libc::SYS_clock_nanosleep,
            libc::SYS_nanosleep,
            libc::SYS_gettimeofday,
            libc::SYS_getrandom,
            libc::SYS_getrusage,
            libc::SYS_times,
            libc::SYS_uname,
            libc::SYS_sysinfo,
            libc::SYS_getpid,
            libc::SYS_getppid,
            libc::SYS_getuid,
            libc::SYS_geteuid,
            libc::SYS_getgid,
            libc::SYS_getegid,
            #[cfg(target_arch = "x86_64")]
            libc::SYS_time,
            #[cfg(target_arch = "x86_64")]
            libc::SYS_getrlimit,
        ];
        let whole = whole.map(|call| (call, Vec::new()));
        partly.into_iter().chain(whole).collect()
    }

    /// From here on, in every thread, only these calls; all others say that they are not permitted. What was refused
    /// before stays refused. `false` on a processor for which there is no filter.
    fn allow_only(calls: Vec<Allowed>) -> Result<bool, String> {
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
        for (call, conditions) in calls {
            let rule = |(place, compare, x): Condition| {
                // The kernel looks at the lower half only, in all of these arguments.
                let length = SeccompCmpArgLen::Dword;
                SeccompRule::new(vec![SeccompCondition::new(place, length, compare, x)?])
            };
            let made: Vec<SeccompRule> =
                conditions.into_iter().map(rule).collect::<Result<_, _>>().map_err(words)?;
            // A call that is allowed whatever its arguments has no rule.
            match (rules.get_mut(&call), made.is_empty()) {
                (Some(rules), false) if !rules.is_empty() => rules.extend(made),
                (Some(_), false) => {}
                (_, _) => drop(rules.insert(call, made)),
            }
        }
        let refused = SeccompAction::Errno(libc::EPERM as u32);
        install(rules, refused, SeccompAction::Allow)
    }

    fn install(
        rules: BTreeMap<i64, Vec<SeccompRule>>,
        others: SeccompAction,
        these: SeccompAction,
    ) -> Result<bool, String> {
        let Ok(arch) = TargetArch::try_from(std::env::consts::ARCH) else { return Ok(false) };
        let filter = SeccompFilter::new(rules, others, these, arch);
        let program: BpfProgram = filter.map_err(words)?.try_into().map_err(words)?;
        seccompiler::apply_filter_all_threads(&program).map_err(words)?;
        Ok(true)
    }
}
