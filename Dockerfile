# All services from one file: one build of everything, then an image for the service that SERVICE names.
#   docker build --build-arg SERVICE=smtp-service --build-arg PORT=8003 -t digidig/smtp-service .

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
# The poms alone first: libraries are fetched again only when one of these changes.
COPY pom.xml ./
COPY common-lib/pom.xml common-lib/
COPY identity-service/pom.xml identity-service/
COPY storage-service/pom.xml storage-service/
COPY smtp-service/pom.xml smtp-service/
COPY imap-service/pom.xml imap-service/
COPY client-service/pom.xml client-service/
COPY admin-service/pom.xml admin-service/
COPY apidocs-service/pom.xml apidocs-service/
COPY system-tests/pom.xml system-tests/
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -q -Dspotless.check.skip=true compile
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -q -T 2 -DskipTests -Dspotless.check.skip=true -pl '!system-tests' package && \
    for jar in *-service/target/*-app.jar; do \
      service=${jar%%/*} && mv "$jar" "$service.jar" && \
      java -Djarmode=tools -jar "$service.jar" extract --layers --destination "/out/$service" && \
      mv "/out/$service/application/$service.jar" "/out/$service/application/app.jar"; \
    done && \
    mvn -B -q -pl system-tests dependency:copy-dependencies -DincludeArtifactIds=org.jacoco.agent -Dmdep.stripVersion=true \
      -DoutputDirectory=/out/coverage

# The system tests, for a suite that runs: docker compose run --rm tests
FROM build AS tests-build
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -q -Dspotless.check.skip=true -pl system-tests test-compile dependency:copy-dependencies \
      -DincludeScope=test -DoutputDirectory=/out/tests/lib && \
    mkdir /out/tests/coverage && mv /out/tests/lib/org.jacoco.cli-*.jar /out/tests/coverage/cli.jar && \
    mv system-tests/target/test-classes /out/tests/classes && \
    cp -r system-tests/src/container/run-tests observability /out/tests/ && \
    for module in common-lib *-service; do \
      mkdir -p "/out/tests/coverage/classes/$module" && cp -r "$module/target/classes/cz" "/out/tests/coverage/classes/$module/"; \
    done

FROM eclipse-temurin:25-jre AS tests
LABEL org.opencontainers.image.title="DIGiDIG tests" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.description="The system tests of DIGiDIG, for a running suite"
WORKDIR /app
# Mail programs, where the distribution's packages can be reached; tests of those that are missing are skipped by name.
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      swaks libnet-ssleay-perl isync curl openssl >/dev/null || echo "no mail programs"; \
    rm -rf /var/lib/apt/lists/*; \
    mkdir -p data logs tests && chown 1000:1000 data logs tests
COPY --from=tests-build /out/tests /app/suite
ENV DIGIDIG_TESTS_DIR=/app/tests HOME=/tmp
USER 1000:1000
ENTRYPOINT ["/app/suite/run-tests"]

FROM eclipse-temurin:25-jre AS service
ARG SERVICE
ARG PORT
LABEL org.opencontainers.image.title="DIGiDIG ${SERVICE}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.description="A part of a mail suite that runs on its owner's machines"
WORKDIR /app
# Named volumes take their owner from here.
RUN mkdir -p data logs tests aot && chown 1000:1000 data logs tests aot
# What changes least comes first.
COPY --from=build /out/coverage ./coverage
COPY --from=build /out/${SERVICE}/dependencies/ ./
COPY --from=build /out/${SERVICE}/snapshot-dependencies/ ./
COPY --from=build /out/${SERVICE}/application/ ./
# Two arenas: glibc would take one for every thread that asks for memory, and give none back.
ENV MALLOC_ARENA_MAX=2 \
    JDK_JAVA_OPTIONS="-XX:+UseSerialGC -Xms96m -XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
    DIGIDIG_DATA_DIR=/app/data \
    DIGIDIG_LOGS_DIR=/app/logs \
    DIGIDIG_TESTS_DIR=/app/tests \
    DIGIDIG_BIND_ADDRESS=0.0.0.0 \
    HEALTH_PORT=${PORT}
USER 1000:1000
# A start with the embedded databases teaches the virtual machine what to have ready. Without it the service starts as
# well, in three times the time.
RUN DIGIDIG_DATA_DIR=/tmp/training/data DIGIDIG_LOGS_DIR=/tmp/training/logs SPRING_PROFILES_ACTIVE=embedded \
    DIGIDIG_BIND_ADDRESS=127.0.0.1 \
    timeout 600 java -XX:AOTCacheOutput=aot/app.aot -Dspring.context.exit=onRefresh -jar app.jar >/tmp/training.log 2>&1; \
    test -s aot/app.aot || { cat /tmp/training.log; exit 1; }; \
    rm -rf /tmp/training /tmp/training.log
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --start-interval=1s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$HEALTH_PORT && printf 'GET /api/health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-XX:AOTCache=/app/aot/app.aot", "-jar", "/app/app.jar"]
