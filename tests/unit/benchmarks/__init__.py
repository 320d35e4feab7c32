"""What benchmarks say, judged without running them."""
