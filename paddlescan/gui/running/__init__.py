"""How the window runs a batch: intake, engines and store, each in threads of their own."""
