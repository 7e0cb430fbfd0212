"""One file per act of the secretariat. An act touches no file and no network."""
