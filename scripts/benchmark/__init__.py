"""segq beside its peers: the same work, in the same run, by turns."""
