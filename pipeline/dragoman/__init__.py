"""Bengali, Azerbaijani and English articles about diplomacy, read into normalized event tables."""
