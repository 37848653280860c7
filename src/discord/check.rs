//! `beadle check`.
