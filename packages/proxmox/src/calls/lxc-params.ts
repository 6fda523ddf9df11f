// Options of a container as Proxmox names them (pve-container LXC/Config.pm); unknown ones are answered with 400.

type Optional<T> = { [K in keyof T]?: T[K] | undefined };
type Indexed<Prefix extends string> = { [key in `${Prefix}${number}`]?: string | undefined };

/** `net0` … and `mp0` … are property strings: see `formatProperties`. `memory` and `swap` in MiB, `rootfs` as `<storage>:<GiB>`. */
export type LxcConfigParams = Indexed<"net" | "mp"> &
  Optional<{
    hostname: string;
    description: string;
    tags: string;
    features: string;
    rootfs: string;
    nameserver: string;
    searchdomain: string;
    startup: string;
    timezone: string;
    ostype: string;
    arch: string;
    cmode: "shell" | "console" | "tty";
    memory: number;
    swap: number;
    cores: number;
    cpulimit: number;
    cpuunits: number;
    tty: number;
    onboot: boolean;
    protection: boolean;
    console: boolean;
    template: boolean;
    debug: boolean;
    /** Options to unset, comma-separated. Only when changing. */
    delete: string;
    /** Refuse with `busy` when the configuration is no longer the one that had this digest. Only when changing. */
    digest: string;
  }>;

export type CreateLxcParams = Omit<LxcConfigParams, "delete" | "digest"> &
  Optional<{
    /** At least five characters, or a crypt(3) hash of type 1, 2, 5 or 6. */
    password: string;
    /** One key per line, no comment lines. */
    "ssh-public-keys": string;
    storage: string;
    pool: string;
    bwlimit: number;
    /** Leave it out and start yourself: Proxmox forks a second task whose UPID nobody is told. */
    start: boolean;
  }> & {
    vmid: number;
    /** `<storage>:vztmpl/<file>` */
    ostemplate: string;
    /** Required because the default differs: privileged on 8.4, unprivileged on 9. */
    unprivileged: boolean;
  };
