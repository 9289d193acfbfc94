"""CSR perusahaan atau bank, dan donatur."""
