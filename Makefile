# Farhand in two commands. Both install what is missing and are safe to repeat.
#
#   make run    builds and serves Farhand on http://localhost:8080   (options: make run ARGS="--lan")
#   make test   every check and every test, the browsers included
#
#   make lint   formatting, clippy on both sides, licences and bans
#   make bench  the figures of BENCHMARKS.md
#   make pages  only the browser side, into dist/

.DEFAULT_GOAL := help
.PHONY: help run test lint bench pages

help:
	@sed -n 's/^#   //p' Makefile

run:
	@scripts/setup run
	@scripts/pages
	@. scripts/env && cargo run --release --locked -p farhand-server -- $(ARGS)

test:
	@scripts/test

lint:
	@scripts/setup lint
	@scripts/test lint

bench:
	@scripts/setup test
	@scripts/pages
	@. scripts/env && cargo build --release --locked -p farhand-server && \
		cargo bench --locked -p farhand-server --bench turn_relay && \
		cargo bench --locked -p farhand-server --bench relay && \
		FARHAND_BIN="$$PWD/target/release/farhand" cargo run --release --locked -p farhand-e2e --bin bench

pages:
	@scripts/setup run
	@scripts/pages

SHELL := bash
