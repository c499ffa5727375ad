//! What a child process may not do: read or write files, reach the network, start programs, look at other processes, take
//! more memory than it is allowed.
//!
//! On Linux, in two steps. Before the library is opened (its constructors run then): no network, no programs, and of the
//! file system only the library and the system's own. Afterwards: no file at all. On other systems there is only the
//! process border and the time-out, and the program says so.

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
}

impl Walls {
    pub(super) fn bits(self) -> u8 {
        u8::from(self.files) | u8::from(self.calls) << 1 | u8::from(self.memory) << 2
    }

    pub(super) fn of(bits: u8) -> Self {
        Walls { files: bits & 1 != 0, calls: bits & 2 != 0, memory: bits & 4 != 0 }
    }

    pub(super) fn with(self, other: Walls) -> Self {
        Walls {
            files: self.files | other.files,
            calls: self.calls | other.calls,
            memory: self.memory | other.memory,
        }
    }
}

/// Walls that must stand before foreign code runs.
pub(super) fn before(library: &Path, megabytes: u64) -> Result<Walls, String> {
    let mut walls = Walls::default();
    let limit =
        rustix::process::Rlimit { current: Some(megabytes << 20), maximum: Some(megabytes << 20) };
    walls.memory = rustix::process::setrlimit(rustix::process::Resource::As, limit).is_ok();
    // No file of its memory is left behind where it crashes.
    let none = rustix::process::Rlimit { current: Some(0), maximum: Some(0) };
    let _ = rustix::process::setrlimit(rustix::process::Resource::Core, none);
    #[cfg(target_os = "linux")]
    {
        linux::only_libraries(library)?;
        walls.calls = linux::no_outside()?;
    }
    #[cfg(not(target_os = "linux"))]
    let _ = library;
    Ok(walls)
}

/// Walls that stand once the library is open.
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
        SeccompRule,
    };

    /// Where the system keeps its libraries.
    const SYSTEM: [&str; 6] =
        ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"];

    fn words(e: impl std::fmt::Display) -> String {
        e.to_string()
    }

    /// Of the file system, only the library and the system's libraries, to be read. A kernel without landlock has no such
    /// wall at this step.
    pub(super) fn only_libraries(library: &Path) -> Result<(), String> {
        let abi = ABI::V4;
        let read = AccessFs::from_read(abi);
        let paths = SYSTEM.iter().map(Path::new).filter(|p| p.exists()).chain([library]);
        let rules = path_beneath_rules(paths, read);
        Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(abi))
            .and_then(|r| r.handle_access(AccessNet::from_all(abi)))
            .and_then(|r| r.create())
            .and_then(|r| r.add_rules(rules))
            .and_then(|r| r.restrict_self())
            .map_err(words)?;
        Ok(())
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
        let by_calls = refuse(&[
            #[cfg(target_arch = "x86_64")]
            libc::SYS_open,
            #[cfg(target_arch = "x86_64")]
            libc::SYS_creat,
            libc::SYS_openat,
            libc::SYS_openat2,
            libc::SYS_open_by_handle_at,
            libc::SYS_truncate,
        ])?;
        Ok(by_calls || status.ruleset == RulesetStatus::FullyEnforced)
    }

    /// No network, no programs, no other processes, nothing that could undo a wall.
    pub(super) fn no_outside() -> Result<bool, String> {
        refuse(&[
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
            #[cfg(target_arch = "x86_64")]
            libc::SYS_fork,
            #[cfg(target_arch = "x86_64")]
            libc::SYS_vfork,
            libc::SYS_ptrace,
            libc::SYS_process_vm_readv,
            libc::SYS_process_vm_writev,
            libc::SYS_kill,
            libc::SYS_pidfd_open,
            libc::SYS_pidfd_send_signal,
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
            libc::SYS_chroot,
            libc::SYS_pivot_root,
            libc::SYS_keyctl,
            libc::SYS_add_key,
            libc::SYS_request_key,
        ])
    }

    /// Refuses system calls from here on; `false` on a processor for which there is no filter.
    fn refuse(calls: &[i64]) -> Result<bool, String> {
        let Ok(arch) = std::env::consts::ARCH.try_into() else { return Ok(false) };
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
            calls.iter().map(|call| (*call, Vec::new())).collect();
        // A new thread is allowed, a new process is not.
        let thread = libc::CLONE_THREAD as u64;
        let condition =
            SeccompCondition::new(0, SeccompCmpArgLen::Qword, SeccompCmpOp::MaskedEq(thread), 0);
        rules.insert(
            libc::SYS_clone,
            vec![SeccompRule::new(vec![condition.map_err(words)?]).map_err(words)?],
        );
        let filter = SeccompFilter::new(
            rules,
            SeccompAction::Allow,
            SeccompAction::Errno(libc::EPERM as u32),
            arch,
        );
        let program: BpfProgram = filter.map_err(words)?.try_into().map_err(words)?;
        seccompiler::apply_filter(&program).map_err(words)?;
        // The newer way to start one says of itself that it is not there, so that the older one is taken.
        let newer = SeccompFilter::new(
            BTreeMap::from([(libc::SYS_clone3, Vec::new())]),
            SeccompAction::Allow,
            SeccompAction::Errno(libc::ENOSYS as u32),
            arch,
        );
        let program: BpfProgram = newer.map_err(words)?.try_into().map_err(words)?;
        seccompiler::apply_filter(&program).map_err(words)?;
        Ok(true)
    }
}
