"""How fast the API answers, beside a general tool and beside a bare server: `make bench-api`."""
