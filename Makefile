# Everything this repository does, from one command each. `make` lists them.
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/stipolicy

BIN := .venv/bin
SITE := .venv/installed-site
TESTS := .venv/installed-tests
PYTEST := $(BIN)/pytest
QUICK := -n 2 --dist loadfile -m "not browser and not slow"
SLOW := -n 2 --dist loadfile -m "slow and not browser"
NO_LIVE_DATA := DJANGO_SETTINGS_MODULE=tests.settings

.PHONY: help run test test-quick test-slow test-postgres test-browser check bench messages
.DELETE_ON_ERROR:

help:  ## この一覧 / this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# One arena: else each thread of a server keeps the memory that its longest page took. Threads: twice
# timeline.taking_turns.MOST_IN_LINE, so that short pages are answered beside long ones.
run: $(SITE)  ## 準備してサイトを起動 (PORT=8000) / set up and serve the site
	@$(BIN)/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT)))' 2>/dev/null \
		|| { echo "ポート $(PORT) は使えません。PORT=8001 などを / port $(PORT) is taken: try PORT=8001"; exit 1; }
	@$(BIN)/python manage.py prepare
	@echo "http://127.0.0.1:$(PORT)/ （Ctrl-C で終了 / stops）"
	@exec env MALLOC_ARENA_MAX=1 $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) \
		--workers $(WORKERS) --blocking-threads 16 --workers-kill-timeout 3 --log-level error stipolicy.wsgi:application

test: $(TESTS)  ## すべてのテスト (SQLite) / the whole suite
	@$(PYTEST) $(QUICK)
	@$(PYTEST) $(SLOW)
	@$(PYTEST) -m browser

test-quick: $(TESTS)  ## 速いテストだけ / the quick tests only
	@$(PYTEST) $(QUICK)

test-slow: $(TESTS)  ## 時間のかかるテスト、../shared の全ファイルも / slow tests, full files in ../shared too
	@$(PYTEST) $(SLOW)

test-postgres: $(TESTS)  ## PostgreSQLでのテスト (POSTGRES_URL=…) / the suite on PostgreSQL
	@DATABASE_URL=$(POSTGRES_URL) $(PYTEST) $(QUICK) --create-db

test-browser: $(TESTS)  ## ブラウザーのテスト (CHROMIUM=…) / journeys in Chromium
	@$(PYTEST) -m browser

check: $(TESTS)  ## CIと同じ検査 / lint, contracts, types, tests with coverage, as CI runs them
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy $$($(BIN)/python -m tests.pure_folders)
	$(NO_LIVE_DATA) $(BIN)/python manage.py makemigrations --check --dry-run
	$(PYTEST) $(QUICK) --cov

bench: $(TESTS)  ## 速さの比を測る (BENCH=import|export|timeline|browser|cost) / ratios, side by side
	@$(BIN)/python -m tests.bench $(BENCH)

messages: $(SITE)  ## 英語の訳を集めて作る (gettextが必要) / collect and compile translations
	$(NO_LIVE_DATA) $(BIN)/python manage.py makemessages -l en --no-obsolete --no-location \
		--ignore '.venv' --ignore 'var' --ignore 'tests'
	$(NO_LIVE_DATA) $(BIN)/python manage.py compilemessages -l en -l ja --ignore '.venv'

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 以上が必要です (PYTHON=…) / needs Python 3.11 or later"; exit 1; }
	@echo "仮想環境を作っています / creating .venv …"
	@$(PYTHON) -m venv .venv

$(SITE): requirements.txt | .venv/bin/python
	@echo "部品を入れています（初回は1分ほど）/ installing packages, about a minute the first time …"
	@$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt
	@touch $@

$(TESTS): tests/requirements.txt requirements.txt | .venv/bin/python
	@echo "テストの部品を入れています / installing the tests' packages …"
	@$(BIN)/python -m pip install --disable-pip-version-check -r tests/requirements.txt
	@touch $@
