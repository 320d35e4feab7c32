"""The way back of an edited export: compared in a thread, looked through, and taken as one step."""
