//! Under which addresses other machines of the network see this one.

use std::net::IpAddr;

/// Addresses of this machine that a phone on the same network could reach, IPv4 first.
pub fn addresses() -> Vec<IpAddr> {
    let interfaces = webrtc_util::ifaces::ifaces().unwrap_or_default();
    let mut found: Vec<IpAddr> = interfaces
        .into_iter()
        .filter(|interface| !is_virtual(&interface.name))
        .filter_map(|interface| interface.addr)
        .map(|address| address.ip())
        .filter(|ip| is_reachable(*ip))
        .collect();
    found.sort_by_key(IpAddr::is_ipv6);
    found.dedup();
    found
}

/// The address to print and to put into links.
pub fn first_address() -> Option<IpAddr> {
    addresses().into_iter().next()
}

/// Bridges of containers and virtual machines: nobody outside this machine gets there.
fn is_virtual(name: &str) -> bool {
    ["docker", "br-", "veth", "virbr", "cni", "flannel"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}

/// Link-local addresses need a zone that a link cannot carry.
fn is_reachable(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => !ip.is_loopback() && !ip.is_link_local() && !ip.is_unspecified(),
        IpAddr::V6(ip) => !ip.is_loopback() && !ip.is_unicast_link_local() && !ip.is_unspecified(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_a_phone_can_type_are_offered() {
        for (ip, expected) in [
            ("127.0.0.1", false),
            ("169.254.1.1", false),
            ("192.168.1.5", true),
            ("::1", false),
            ("fe80::1", false),
            ("fd00::5", true),
        ] {
            assert_eq!(is_reachable(ip.parse().unwrap()), expected, "{ip}");
        }
        assert!(addresses().into_iter().all(is_reachable));
        assert!(is_virtual("docker0") && !is_virtual("wlan0"));
    }
}
