"""The embedded stack: everything that `nahtlos up` starts, watches and stops on one machine."""
