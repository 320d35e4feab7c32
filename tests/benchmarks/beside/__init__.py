"""PaddleScan beside other programs that read text: the same files, one run, in turn."""
