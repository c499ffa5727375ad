//! Normalisation against COINr and pymcdm.
