"""Designing and measuring indicators."""
