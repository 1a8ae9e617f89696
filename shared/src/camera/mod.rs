//! Every permission and every error of a camera as a state.
