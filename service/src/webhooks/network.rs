//! Which addresses of the internet protocol a landlord may send the service to: those that everybody can reach, and no other.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// What of IPv4 is not everybody's (RFC 6890 and the registry after it), with the address at which Azure answers for its machines.
const CLOSED_V4: [(Ipv4Addr, u8); 16] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// What of IPv6 is everybody's.
const OPEN_V6: (Ipv6Addr, u8) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// What of that is not all the same: protocols, documentation, and the tunnels that lead to any address of IPv4.
const CLOSED_V6: [(Ipv6Addr, u8); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Whether an address is one that everybody can reach.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !CLOSED_V4.iter().any(|(base, prefix)| in_v4(address, *base, *prefix)),
        IpAddr::V6(address) => {
            in_v6(address, OPEN_V6.0, OPEN_V6.1)
                && !CLOSED_V6.iter().any(|(base, prefix)| in_v6(address, *base, *prefix))
        }
    }
}

const fn in_v4(address: Ipv4Addr, base: Ipv4Addr, prefix: u8) -> bool {
    let mask = match prefix {
        0 => 0,
        prefix => u32::MAX << (32 - prefix as u32),
    };
    address.to_bits() & mask == base.to_bits() & mask
}

const fn in_v6(address: Ipv6Addr, base: Ipv6Addr, prefix: u8) -> bool {
    let mask = match prefix {
        0 => 0,
        prefix => u128::MAX << (128 - prefix as u32),
    };
    address.to_bits() & mask == base.to_bits() & mask
}

/// What the operator allows besides: a network, or a host by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowed {
    /// The addresses that begin with as many bits as that of an address: `10.1.0.0/16`, or one address.
    Network(IpAddr, u8),
    /// A host, wherever its name leads.
    Host(String),
}

impl Allowed {
    /// Whether it is a network with this address in it.
    #[must_use]
    pub fn has(&self, address: IpAddr) -> bool {
        match (self, address.to_canonical()) {
            (Self::Network(IpAddr::V4(base), prefix), IpAddr::V4(address)) => in_v4(address, *base, *prefix),
            (Self::Network(IpAddr::V6(base), prefix), IpAddr::V6(address)) => in_v6(address, *base, *prefix),
            _ => false,
        }
    }

    /// Whether it is that host.
    #[must_use]
    pub fn is_host(&self, name: &str) -> bool {
        matches!(self, Self::Host(host) if host.eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network(address, prefix) => write!(formatter, "{address}/{prefix}"),
            Self::Host(name) => formatter.write_str(name),
        }
    }
}

impl FromStr for Allowed {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "must be networks such as 10.1.0.0/16, addresses, or names of hosts";
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        if let Ok(address) = address.parse::<IpAddr>() {
            let whole = if address.is_ipv4() { 32 } else { 128 };
            let prefix = prefix.map_or(Ok(whole), str::parse).map_err(|_| wrong)?;
            return if prefix <= whole { Ok(Self::Network(address, prefix)) } else { Err(wrong) };
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        let is_name = !text.is_empty()
            && text.bytes().all(plain)
            && text.bytes().any(|byte| byte.is_ascii_alphabetic());
        if is_name { Ok(Self::Host(text.to_ascii_lowercase())) } else { Err(wrong) }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{Allowed, is_public};

    #[test]
    fn only_what_everybody_can_reach_is_public() {
        for open in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
            "2001:200::1",
        ] {
            assert!(is_public(open.parse().unwrap()), "{open}");
        }
        for closed in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "168.63.129.16",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "4000::1",
        ] {
            assert!(!is_public(closed.parse().unwrap()), "{closed}");
        }
    }

    #[test]
    fn what_is_allowed_besides_is_a_network_an_address_or_a_host() {
        let allowed = |text: &str| text.parse::<Allowed>();
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        let network = allowed("10.1.0.0/16").unwrap();
        assert!(network.has(address("10.1.255.1")) && !network.has(address("10.2.0.1")));
        assert!(network.has(address("::ffff:10.1.0.1")) && !network.has(address("::1")));
        assert!(
            allowed("::1").unwrap().has(address("::1"))
                && allowed("0.0.0.0/0").unwrap().has(address("8.8.8.8"))
        );
        let host = allowed("CRM.internal").unwrap();
        assert!(host.is_host("crm.Internal") && !host.is_host("internal") && !host.has(address("10.1.0.1")));
        for text in ["127.0.0.1/32", "crm.internal", "fd00::/8"] {
            assert_eq!(allowed(text).unwrap().to_string(), text);
        }
        for wrong in
            ["", "10.0.0.0/33", "10.0.0.0/x", "::/129", "a b", "http://crm", "300.1.1.1", "*", "crm/8"]
        {
            assert!(allowed(wrong).is_err(), "{wrong}");
        }
    }
}
