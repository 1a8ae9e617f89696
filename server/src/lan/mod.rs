//! What makes Farhand usable from a phone on the same network: certificates, addresses, QR codes.
