//! WebSocket upgrade, greeting and connection.
