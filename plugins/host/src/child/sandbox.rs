//! What a child process may not do: read or write files, reach the network, start programs, look at other processes, take
//! more memory than it is allowed.
//!
//! On Linux, in two steps. Before the library is opened (its constructors run then): no network, no programs, nothing that
//! reaches another process or changes a file, and of the file system only the library and the system's own, to be read
//! (by landlock; a kernel without it lets a constructor read more). Afterwards: no file at all. On other systems there is
//! only the process border and the time-out, and the program says so.

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

    // Calls that the crate of constants does not have on every processor.
    const SYS_PROCESS_MRELEASE: i64 = 448;
    const SYS_FCHMODAT2: i64 = 452;
    #[cfg(target_arch = "aarch64")]
    const SYS_RENAMEAT: i64 = 38;

    /// `fcntl` with a struct for the owner; the crate of constants lacks it.
    const F_SETOWN_EX: i32 = 15;

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

    /// No file at all: by landlock, and by refusing the calls that open one.
    pub(super) fn no_files() -> Result<bool, String> {
        let abi = ABI::V4;
        let status = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(abi))
            .and_then(|r| r.create())
            .and_then(|r| r.restrict_self())
            .map_err(words)?;
        let by_calls = refuse(
            &[
                #[cfg(target_arch = "x86_64")]
                libc::SYS_open,
                libc::SYS_openat,
                libc::SYS_openat2,
                libc::SYS_open_by_handle_at,
            ],
            Vec::new(),
        )?;
        Ok(by_calls || status.ruleset == RulesetStatus::FullyEnforced)
    }

    /// No network, no programs, no other processes, no change of a file, nothing that could undo a wall.
    pub(super) fn no_outside() -> Result<bool, String> {
        let own = u64::from(std::process::id());
        // Flags of a file that is opened to be changed or made.
        let write = (libc::O_WRONLY | libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC) as u32;
        let bits = (0..32).map(|bit| 1u64 << bit).filter(|bit| u64::from(write) & bit != 0);
        let opens = |place: u8| bits.clone().map(move |bit| masked(place, bit)).collect();
        let other_than = |x: u64| vec![(0, SeccompCmpOp::Ne, x)];
        let partly: Vec<(i64, Vec<Condition>)> = vec![
            // A new thread is allowed, a new process is not.
            (libc::SYS_clone, vec![(0, SeccompCmpOp::MaskedEq(libc::CLONE_THREAD as u64), 0)]),
            // Abort sends a signal to itself; others get none, and neither does the owner of a pipe.
            (libc::SYS_tgkill, other_than(own)),
            (
                libc::SYS_fcntl,
                [libc::F_SETOWN, F_SETOWN_EX]
                    .map(|order| (1, SeccompCmpOp::Eq, order as u64))
                    .to_vec(),
            ),
            (libc::SYS_prlimit64, other_than(0)),
            (libc::SYS_sched_setscheduler, other_than(0)),
            (libc::SYS_sched_setparam, other_than(0)),
            (libc::SYS_sched_setattr, other_than(0)),
            (libc::SYS_sched_setaffinity, other_than(0)),
            (libc::SYS_openat, opens(2)),
            #[cfg(target_arch = "x86_64")]
            (libc::SYS_open, opens(1)),
        ];
        refuse(
            &[
                libc::SYS_socket,
                libc::SYS_socketpair,
                libc::SYS_connect,
                libc::SYS_bind,
                libc::SYS_listen,
                libc::SYS_accept,
                libc::SYS_accept4,
                libc::SYS_sendto,
                libc::SYS_sendmsg,
                libc::SYS_sendmmsg,
                libc::SYS_execve,
                libc::SYS_execveat,
                libc::SYS_kill,
                libc::SYS_tkill,
                libc::SYS_rt_sigqueueinfo,
                libc::SYS_rt_tgsigqueueinfo,
                libc::SYS_pidfd_open,
                libc::SYS_pidfd_getfd,
                libc::SYS_pidfd_send_signal,
                libc::SYS_ptrace,
                libc::SYS_process_vm_readv,
                libc::SYS_process_vm_writev,
                libc::SYS_process_madvise,
                SYS_PROCESS_MRELEASE,
                libc::SYS_kcmp,
                libc::SYS_migrate_pages,
                libc::SYS_move_pages,
                libc::SYS_setpriority,
                libc::SYS_ioprio_set,
                libc::SYS_shmget,
                libc::SYS_shmat,
                libc::SYS_shmctl,
                libc::SYS_semget,
                libc::SYS_semctl,
                libc::SYS_msgget,
                libc::SYS_msgctl,
                libc::SYS_mq_open,
                libc::SYS_mq_unlink,
                libc::SYS_io_uring_setup,
                libc::SYS_io_uring_enter,
                libc::SYS_io_uring_register,
                libc::SYS_bpf,
                libc::SYS_perf_event_open,
                libc::SYS_userfaultfd,
                libc::SYS_unshare,
                libc::SYS_setns,
                libc::SYS_mount,
                libc::SYS_umount2,
                libc::SYS_open_tree,
                libc::SYS_move_mount,
                libc::SYS_fsopen,
                libc::SYS_fspick,
                libc::SYS_mount_setattr,
                libc::SYS_chroot,
                libc::SYS_pivot_root,
                libc::SYS_keyctl,
                libc::SYS_add_key,
                libc::SYS_request_key,
                // Changes of files. A shorter shared memory would be the end of the program that reads it.
                libc::SYS_openat2,
                libc::SYS_truncate,
                libc::SYS_ftruncate,
                libc::SYS_fallocate,
                libc::SYS_unlinkat,
                libc::SYS_renameat2,
                libc::SYS_mkdirat,
                libc::SYS_mknodat,
                libc::SYS_linkat,
                libc::SYS_symlinkat,
                libc::SYS_fchmod,
                libc::SYS_fchmodat,
                SYS_FCHMODAT2,
                libc::SYS_fchown,
                libc::SYS_fchownat,
                libc::SYS_utimensat,
                libc::SYS_setxattr,
                libc::SYS_lsetxattr,
                libc::SYS_fsetxattr,
                libc::SYS_removexattr,
                libc::SYS_lremovexattr,
                libc::SYS_fremovexattr,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_fork,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_vfork,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_creat,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_unlink,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_rename,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_renameat,
                #[cfg(target_arch = "aarch64")]
                SYS_RENAMEAT,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_mkdir,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_rmdir,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_mknod,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_link,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_symlink,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_chmod,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_chown,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_lchown,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_utime,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_utimes,
                #[cfg(target_arch = "x86_64")]
                libc::SYS_futimesat,
            ],
            partly,
        )
    }

    /// An argument, how it is compared, and with what.
    type Condition = (u8, SeccompCmpOp, u64);

    /// A bit of an argument is set.
    fn masked(place: u8, bit: u64) -> Condition {
        (place, SeccompCmpOp::MaskedEq(bit), bit)
    }

    /// Refuses system calls from here on, in every thread: some wholly, some where one of their conditions holds.
    /// `false` on a processor for which there is no filter.
    fn refuse(calls: &[i64], partly: Vec<(i64, Vec<Condition>)>) -> Result<bool, String> {
        let Ok(arch) = std::env::consts::ARCH.try_into() else { return Ok(false) };
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
            calls.iter().map(|call| (*call, Vec::new())).collect();
        for (call, conditions) in partly {
            let rule = |(place, compare, x): Condition| {
                // The kernel looks at the lower half only, in all of these arguments.
                let length = SeccompCmpArgLen::Dword;
                SeccompRule::new(vec![SeccompCondition::new(place, length, compare, x)?])
            };
            let made = conditions.into_iter().map(rule).collect::<Result<_, _>>().map_err(words)?;
            rules.insert(call, made);
        }
        // The same calls by their numbers for the half-width form of programs, which not every kernel has.
        #[cfg(target_arch = "x86_64")]
        {
            const NARROW: i64 = 0x4000_0000;
            let same: Vec<i64> = rules.keys().map(|call| call | NARROW).collect();
            let own = (512..=547).map(|call| call | NARROW);
            rules.extend(same.into_iter().chain(own).map(|call| (call, Vec::new())));
            rules.insert(NARROW | libc::SYS_clone3, Vec::new());
        }
        install(rules, libc::EPERM, arch)?;
        // The newer way to start one says of itself that it is not there, so that the older one is taken.
        install(BTreeMap::from([(libc::SYS_clone3, Vec::new())]), libc::ENOSYS, arch)?;
        Ok(true)
    }

    fn install(
        rules: BTreeMap<i64, Vec<SeccompRule>>,
        errno: i32,
        arch: TargetArch,
    ) -> Result<(), String> {
        let refused = SeccompAction::Errno(errno as u32);
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, arch);
        let program: BpfProgram = filter.map_err(words)?.try_into().map_err(words)?;
        seccompiler::apply_filter_all_threads(&program).map_err(words)
    }
}
