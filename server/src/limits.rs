//! Limits as values, and token buckets that count by key.
