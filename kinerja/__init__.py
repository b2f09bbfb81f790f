"""Meja kerja metodologi kinerja ASN."""
