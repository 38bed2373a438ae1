# posdesk: `make run` to look at it, `make test` to trust it. The environment is .venv; what an installation writes is in var/.
# The system's Python where it will do: distributions build theirs with profile-guided optimization, version managers mostly don't.
ifndef PYTHON
PYTHON := $(or $(shell for each in /usr/bin/python3 python3; do $$each -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done),python3)
endif
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

.PHONY: setup assets run test test-faults lint audit bench messages requirements clean

setup: assets  ## everything but serving
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_knowledge
	@$(MANAGE) rebuild_search --if-stale

assets: .venv/installed var/secret-key  ## interface texts and static files, which need no database
	@$(BIN)/pybabel -q compile --directory locale --domain "django djangojs" --use-fuzzy
	@$(MANAGE) collectstatic --noinput --verbosity 0

run: setup  ## setup, then serve on 127.0.0.1:PORT
	@$(MANAGE) setup_hints
	@echo "posdesk: http://127.0.0.1:$(PORT)/"
	@$(MANAGE) runserver --noreload --skip-checks 127.0.0.1:$(PORT)

test: .venv/installed-dev .venv/installed-audit  ## what the tests need, then all of them, on SQLite and PostgreSQL
	@PYTHON=$(PYTHON) bin/test

test-faults: assets .venv/installed-dev  ## kills, crowds, lost databases and nonsense in full counts (docs/reliability.md)
	@bin/test-faults

lint: .venv/installed-dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

audit: assets .venv/installed-audit  ## known vulnerabilities, dangerous calls, settings; AUDIT_OFFLINE=1 without the first
	@bin/audit

bench: setup .venv/installed-dev  ## every measurement, on SQLite and PostgreSQL
	@bin/bench

messages: .venv/installed-dev  ## collects new interface texts into locale/en (needs Debian's gettext)
	@$(MANAGE) makemessages --locale en --ignore .venv --no-location --no-obsolete

requirements: .venv/installed-dev  ## pins and hashes anew from requirements*.in: what is pinned stays without UPGRADE=--upgrade
	@for each in requirements requirements-dev requirements-audit; do CUSTOM_COMPILE_COMMAND="make $@" $(BIN)/pip-compile --quiet $(UPGRADE) $$each.in || exit; done

.venv/bin/python:
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.venv/installed-audit: requirements-audit.txt .venv/installed-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $@

var/secret-key:
	@mkdir -p var && umask 077 && $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(64))" > $@

clean:  ## forgets the environment and this installation's data
	rm -rf .venv var static
