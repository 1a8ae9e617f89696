//! What the fuzz targets do with their bytes.

pub mod upload;
pub mod wire;
