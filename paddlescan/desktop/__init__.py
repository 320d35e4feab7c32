"""What ties PaddleScan to the desktop and the machine, without Qt."""
