# sheets-sync in a container: a run each night, and "Sync now" all day. It runs as nobody, writes to one volume, and
# everything else may be read-only. The README, "In a container", has the commands.
FROM python:3.13-slim AS build
WORKDIR /source
COPY requirements.lock pyproject.toml README.md LICENSE ./
COPY config/sheets-sync.toml config/sheets-sync.toml
COPY sheets_sync sheets_sync
RUN python -m venv /opt/sheets-sync \
    && /opt/sheets-sync/bin/pip install --no-cache-dir --require-hashes -r requirements.lock \
    && /opt/sheets-sync/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
COPY --from=build /opt/sheets-sync /opt/sheets-sync
RUN install -d -o 65534 -g 65534 -m 0700 /var/lib/sheets-sync
ENV PATH=/opt/sheets-sync/bin:$PATH XDG_STATE_HOME=/var/lib HOME=/var/lib/sheets-sync \
    PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 65534:65534
WORKDIR /var/lib/sheets-sync
VOLUME /var/lib/sheets-sync
STOPSIGNAL SIGTERM
ENTRYPOINT ["sheets-sync"]
CMD ["daemon", "--config", "/config/sheets-sync.toml"]
