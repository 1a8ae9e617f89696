//! Which addresses a relay may exchange datagrams with.
//!
//! A TURN relay sends UDP wherever its client says, from inside our network. Without a refusal it is an open door to the
//! server's own loopback services, to a cloud's metadata address (169.254.169.254) and to every machine behind the same
//! firewall. So only public unicast addresses are allowed unless somebody asks for more:
//!
//! - `allow_private` opens RFC 1918 and IPv6 unique local addresses. It is for a server that runs *inside* the network
//!   whose phones it serves. Everyone who holds a credential can then send UDP to every host of that network.
//! - `allow_loopback` opens the server's own machine. It is for tests only.
//!
//! Nothing opens link-local (metadata), carrier-grade NAT, multicast, broadcast, unspecified, documentation, benchmark and
//! reserved ranges. IPv6 forms that carry an IPv4 address are judged by that address, since a router or the kernel unwraps
//! them: coturn's deny list was passed by `::ffff:127.0.0.1` (CVE-2020-26262, CVE-2026-27624).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::config::PeerPolicy;

/// What an address is, as far as a relay cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressClass {
    /// Globally reachable unicast.
    Public,
    /// The machine itself.
    Loopback,
    /// RFC 1918 or an IPv6 unique local address.
    Private,
    /// Everything else: never a peer.
    Reserved,
}

impl PeerPolicy {
    /// Public addresses only.
    pub const PUBLIC_ONLY: Self = Self {
        allow_loopback: false,
        allow_private: false,
    };

    /// Whether a relay may exchange datagrams with this address.
    pub fn allows(self, ip: IpAddr) -> bool {
        match classify(ip) {
            AddressClass::Public => true,
            AddressClass::Loopback => self.allow_loopback,
            AddressClass::Private => self.allow_private,
            AddressClass::Reserved => false,
        }
    }
}

/// The class of an address, looking through every IPv6 form that carries an IPv4 address.
pub fn classify(ip: IpAddr) -> AddressClass {
    match ip {
        IpAddr::V4(v4) => classify_v4(v4),
        IpAddr::V6(v6) => classify_v6(v6),
    }
}

fn classify_v4(ip: Ipv4Addr) -> AddressClass {
    use AddressClass::{Loopback, Private, Public, Reserved};
    match ip.octets() {
        [127, ..] => Loopback,
        [10, ..] | [192, 168, ..] | [172, 16..=31, ..] => Private,
        [0, ..]                          // "this network", unspecified
        | [100, 64..=127, ..]            // carrier-grade NAT
        | [169, 254, ..]                 // link-local, cloud metadata
        | [192, 0, 0, _]                 // protocol assignments
        | [192, 0, 2, _]                 // documentation
        | [192, 31, 196, _]              // AS112
        | [192, 52, 193, _]              // AMT relays
        | [192, 88, 99, _]               // 6to4 anycast
        | [192, 175, 48, _]              // AS112
        | [198, 18..=19, ..]             // benchmarks
        | [198, 51, 100, _]              // documentation
        | [203, 0, 113, _]               // documentation
        | [224..=255, ..] => Reserved, // multicast, reserved, broadcast
        _ => Public,
    }
}

fn classify_v6(ip: Ipv6Addr) -> AddressClass {
    let segments = ip.segments();
    if ip == Ipv6Addr::LOCALHOST {
        return AddressClass::Loopback;
    }
    // IPv4-mapped: the kernel sends plain IPv4, so it is that address.
    if let Some(v4) = ip.to_ipv4_mapped() {
        return classify_v4(v4);
    }
    match segments {
        // Unspecified, IPv4-compatible (deprecated) and everything below ::/32.
        [0, 0, 0, 0, 0, 0, ..] => public_or_reserved(&[low_v4(segments)]),
        // NAT64 with the well-known prefix; its local-use prefix 64:ff9b:1::/48 is caught by "not 2000::/3" below.
        [0x64, 0xff9b, 0, 0, 0, 0, ..] => public_or_reserved(&[low_v4(segments)]),
        // 6to4: the IPv4 address of the router follows the prefix.
        [0x2002, high, low, ..] => public_or_reserved(&[v4(high, low)]),
        // Teredo: server, then flags and port, then the client's address with every bit flipped.
        [0x2001, 0, high, low, _, _, client_high, client_low] => {
            public_or_reserved(&[v4(high, low), v4(!client_high, !client_low)])
        }
        [0xfc00..=0xfdff, ..] => AddressClass::Private,
        // ORCHID, benchmarks and other protocol assignments of 2001::/23; documentation; the retired 6bone.
        [0x2001, 0x0000..=0x01ff, ..] | [0x2001, 0x0db8, ..] | [0x3fff, 0x0000..=0x0fff, ..] | [0x3ffe, ..] => {
            AddressClass::Reserved
        }
        // ISATAP inside a global prefix: the interface identifier is 0000:5efe or 0200:5efe and an IPv4 address.
        [0x2000..=0x3fff, _, _, _, 0x0000 | 0x0200, 0x5efe, _, _] => public_or_reserved(&[low_v4(segments)]),
        [0x2000..=0x3fff, ..] => AddressClass::Public,
        // Link-local, site-local, multicast, discard, segment routing, unassigned.
        _ => AddressClass::Reserved,
    }
}

fn v4(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))
}

fn low_v4(segments: [u16; 8]) -> Ipv4Addr {
    v4(segments[6], segments[7])
}

/// Tunnels are only as public as what they carry, and no option opens one into a private network.
fn public_or_reserved(embedded: &[Ipv4Addr]) -> AddressClass {
    if embedded.iter().all(|v4| classify_v4(*v4) == AddressClass::Public) {
        AddressClass::Public
    } else {
        AddressClass::Reserved
    }
}

#[cfg(test)]
mod tests {
    use super::{AddressClass::*, *};

    /// First and last address of every range, and the neighbours that must stay public.
    const TABLE: &[(&str, AddressClass)] = &[
        // IPv4
        ("0.0.0.0", Reserved),
        ("0.255.255.255", Reserved),
        ("1.0.0.0", Public),
        ("9.255.255.255", Public),
        ("10.0.0.0", Private),
        ("10.255.255.255", Private),
        ("11.0.0.0", Public),
        ("100.63.255.255", Public),
        ("100.64.0.0", Reserved),
        ("100.127.255.255", Reserved),
        ("100.128.0.0", Public),
        ("126.255.255.255", Public),
        ("127.0.0.1", Loopback),
        ("127.255.255.255", Loopback),
        ("128.0.0.0", Public),
        ("169.253.255.255", Public),
        ("169.254.0.1", Reserved),
        ("169.254.169.254", Reserved),
        ("169.255.0.0", Public),
        ("172.15.255.255", Public),
        ("172.16.0.0", Private),
        ("172.31.255.255", Private),
        ("172.32.0.0", Public),
        ("192.0.0.1", Reserved),
        ("192.0.0.192", Reserved),
        ("192.0.1.0", Public),
        ("192.0.2.1", Reserved),
        ("192.31.196.1", Reserved),
        ("192.52.193.1", Reserved),
        ("192.88.99.1", Reserved),
        ("192.167.255.255", Public),
        ("192.168.0.1", Private),
        ("192.168.255.255", Private),
        ("192.169.0.0", Public),
        ("192.175.48.1", Reserved),
        ("198.17.255.255", Public),
        ("198.18.0.0", Reserved),
        ("198.19.255.255", Reserved),
        ("198.20.0.0", Public),
        ("198.51.100.1", Reserved),
        ("203.0.113.255", Reserved),
        ("203.0.114.0", Public),
        ("223.255.255.255", Public),
        ("224.0.0.1", Reserved),
        ("239.255.255.255", Reserved),
        ("240.0.0.1", Reserved),
        ("255.255.255.255", Reserved),
        // IPv6 of its own
        ("::", Reserved),
        ("::1", Loopback),
        ("100::1", Reserved),
        ("2001:4860:4860::8888", Public),
        ("2606:4700::1111", Public),
        ("2a00:1450:4001:81b::200e", Public),
        ("2001:2::1", Reserved),
        ("2001:10::1", Reserved),
        ("2001:20::1", Reserved),
        ("2001:1ff::1", Reserved),
        ("2001:200::1", Public),
        ("2001:db8::1", Reserved),
        ("3ffe::1", Reserved),
        ("3fff:fff::1", Reserved),
        ("3fff:1000::1", Public),
        ("4000::1", Reserved),
        ("5f00::1", Reserved),
        ("fc00::1", Private),
        ("fdff:ffff::1", Private),
        ("fd00:ec2::254", Private),
        ("fe80::1", Reserved),
        ("febf::1", Reserved),
        ("fec0::1", Reserved),
        ("ff02::1", Reserved),
        ("ff0e::1", Reserved),
        // IPv4-mapped: exactly the IPv4 address
        ("::ffff:8.8.8.8", Public),
        ("::ffff:127.0.0.1", Loopback),
        ("::ffff:10.0.0.1", Private),
        ("::ffff:169.254.169.254", Reserved),
        ("::ffff:0.0.0.0", Reserved),
        ("::ffff:255.255.255.255", Reserved),
        // IPv4-compatible
        ("::8.8.8.8", Public),
        ("::127.0.0.1", Reserved),
        ("::10.0.0.1", Reserved),
        ("::169.254.169.254", Reserved),
        // IPv4-translated (SIIT) is not global unicast
        ("::ffff:0:127.0.0.1", Reserved),
        // NAT64
        ("64:ff9b::8.8.8.8", Public),
        ("64:ff9b::127.0.0.1", Reserved),
        ("64:ff9b::192.168.0.1", Reserved),
        ("64:ff9b::169.254.169.254", Reserved),
        ("64:ff9b:1::8.8.8.8", Reserved),
        // 6to4
        ("2002:808:808::1", Public),
        ("2002:7f00:1::1", Reserved),
        ("2002:a00:1::1", Reserved),
        ("2002:a9fe:a9fe::1", Reserved),
        ("2002:c0a8:1::1", Reserved),
        ("2002:e000:1::1", Reserved),
        // Teredo: server 65.54.227.120 with client 192.0.2.45, 8.8.8.8, 127.0.0.1; then server 127.0.0.1
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", Reserved),
        ("2001:0:4136:e378:8000:63bf:f7f7:f7f7", Public),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", Reserved),
        ("2001:0:7f00:1:8000:63bf:f7f7:f7f7", Reserved),
        // ISATAP
        ("2a00:1::5efe:8.8.8.8", Public),
        ("2a00:1::5efe:127.0.0.1", Reserved),
        ("2a00:1:0:0:200:5efe:10.0.0.1", Reserved),
    ];

    #[test]
    fn every_range_has_its_class_and_no_option_opens_a_reserved_one() {
        let open = PeerPolicy {
            allow_loopback: true,
            allow_private: true,
        };
        for (text, class) in TABLE {
            let ip: IpAddr = text.parse().unwrap();
            assert_eq!(classify(ip), *class, "{text}");
            let public = *class == Public;
            assert_eq!(PeerPolicy::default().allows(ip), public, "{text}");
            assert_eq!(open.allows(ip), *class != Reserved, "{text}");
        }
        assert_eq!(PeerPolicy::default(), PeerPolicy::PUBLIC_ONLY);
    }

    #[test]
    fn each_option_opens_its_own_class_only() {
        let lan = PeerPolicy {
            allow_private: true,
            ..PeerPolicy::PUBLIC_ONLY
        };
        let test = PeerPolicy {
            allow_loopback: true,
            ..PeerPolicy::PUBLIC_ONLY
        };
        let (home, own) = ("192.168.1.20".parse().unwrap(), "127.0.0.1".parse().unwrap());
        assert!(lan.allows(home) && !lan.allows(own));
        assert!(test.allows(own) && !test.allows(home));
    }
}
