// keepalived's words that a definition has no place for, and what kind of thing they say.

export const checks = new Set([
  'HTTP_GET', 'SSL_GET', 'TCP_CHECK', 'SMTP_CHECK', 'DNS_CHECK', 'MISC_CHECK', 'BFD_CHECK', 'UDP_CHECK', 'PING_CHECK', 'FILE_CHECK',
]);

/** When a real server or a service counts as up, and who is told. */
export const healthSettings = new Set([
  'alpha', 'omega', 'quorum', 'hysteresis', 'quorum_up', 'quorum_down', 'notify_up', 'notify_down', 'retry', 'nb_get_retry', 'delay_loop', 'delay_before_retry',
  'warmup', 'connect_timeout', 'inhibit_on_failure', 'ha_suspend', 'virtualhost', 'smtp_alert', 'no_smtp_alert', 'log_all_failures',
  'sorry_server_inhibit', 'sorry_server_lvs_method',
]);

/** Blocks and statements outside of virtual servers. */
export const otherBlocks = new Set([
  'global_defs', 'static_ipaddress', 'static_routes', 'static_rules', 'static_track_group', 'linkbeat_use_polling', 'linkbeat_interfaces', 'vrrp_sync_group',
  'vrrp_script', 'vrrp_track_process', 'track_process', 'track_file', 'vrrp_track_file', 'track_bfd', 'garp_group', 'interface_up_down_delays', 'bfd_instance', 'SSL',
  'net_namespace', 'net_namespace_ipvs', 'namespace_with_ipsets', 'instance', 'use_pid_dir', 'child_wait_time', 'include_check',
]);

/** Of a virtual_server, those that are read. */
export const serviceWords = [
  'lvs_sched', 'lb_algo', 'lvs_method', 'lb_kind', 'sh-port', 'sh-fallback', 'mh-port', 'mh-fallback', 'flag-1', 'flag-2', 'flag-3', 'ops', 'persistence_engine',
  'persistence_timeout', 'persistence_granularity', 'protocol', 'ip_family', 'snmp_name', 'sorry_server', 'real_server', 'weight',
];

/** Of a real_server, those that are read. */
export const realServerWords = ['weight', 'lvs_method', 'lb_kind', 'uthreshold', 'lthreshold', 'snmp_name'];

export const outerWords = ['virtual_server', 'virtual_server_group', 'vrrp_instance', ...otherBlocks];
