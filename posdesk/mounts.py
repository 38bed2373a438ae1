"""What kind of file system a path lies on."""

from pathlib import Path

NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.glusterfs"}
MOUNTS = Path("/proc/self/mounts")


def network_file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """Its name, such as nfs4, when the path lies on another machine; empty if not, or if this system doesn't say."""
    if not mounts.exists():
        return ""
    kinds = {Path(where): kind for _, where, kind, *_ in map(str.split, mounts.read_text().splitlines())}
    resolved = path.resolve()
    nearest = next((kinds[folder] for folder in (resolved, *resolved.parents) if folder in kinds), "")
    return nearest if nearest in NETWORK else ""
