package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import cz.digidig.system.suite.Service;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests by the definitions of Kubernetes' API, and by what they say of one another. No cluster is needed. */
class KubernetesTest {
    private static final Path FOLDER = Checkout.path("kubernetes");
    private static final Gson GSON = new Gson();

    private interface Definition {
        /** Fails on fields that the API does not know, on missing ones, on values of the wrong kind. */
        void check(JsonElement object) throws IOException;
    }

    private static final Map<String, Definition> DEFINITIONS = Map.of(
            "v1 Namespace", V1Namespace::validateJsonElement,
            "v1 Service", V1Service::validateJsonElement,
            "v1 PersistentVolumeClaim", V1PersistentVolumeClaim::validateJsonElement,
            "apps/v1 Deployment", V1Deployment::validateJsonElement,
            "apps/v1 StatefulSet", V1StatefulSet::validateJsonElement,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "networking.k8s.io/v1 Ingress", V1Ingress::validateJsonElement,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement);

    private static List<JsonObject> read(Path file) throws IOException {
        List<JsonObject> objects = new ArrayList<>();
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        for (Object document : yaml.loadAll(Files.readString(file))) {
            objects.add(GSON.toJsonTree(document).getAsJsonObject());
        }
        return objects;
    }

    private static List<JsonObject> manifests() throws IOException {
        List<JsonObject> all = new ArrayList<>();
        for (JsonElement name : kustomization().getAsJsonArray("resources")) {
            all.addAll(read(FOLDER.resolve(name.getAsString())));
        }
        return all;
    }

    private static JsonObject kustomization() throws IOException {
        return read(FOLDER.resolve("kustomization.yaml")).getFirst();
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    private static JsonObject at(JsonObject object, String... path) {
        JsonObject here = object;
        for (String name : path) {
            here = here.getAsJsonObject(name);
        }
        return here;
    }

    private static String name(JsonObject manifest) {
        return text(manifest, "kind") + " " + text(at(manifest, "metadata"), "name");
    }

    private static void check(JsonObject manifest) throws IOException {
        Definition definition = DEFINITIONS.get(text(manifest, "apiVersion") + " " + text(manifest, "kind"));
        assertThat(definition)
                .as(name(manifest) + " is of a kind that is known here")
                .isNotNull();
        if (definition != null) {
            definition.check(manifest);
        }
    }

    /** Those that run pods, with the pod's template. */
    private static Map<String, JsonObject> pods() throws IOException {
        Map<String, JsonObject> pods = new TreeMap<>();
        for (JsonObject manifest : manifests()) {
            if (Set.of("Deployment", "StatefulSet").contains(text(manifest, "kind"))) {
                pods.put(text(at(manifest, "metadata"), "name"), at(manifest, "spec", "template"));
            }
        }
        return pods;
    }

    private static JsonObject container(JsonObject pod) {
        JsonArray containers = at(pod, "spec").getAsJsonArray("containers");
        assertThat(containers).hasSize(1);
        return containers.get(0).getAsJsonObject();
    }

    @Test
    void everyManifestIsAsTheApiDefinesIt() throws IOException {
        List<JsonObject> manifests = manifests();
        assertThat(manifests).hasSizeGreaterThan(20);
        for (JsonObject manifest : manifests) {
            check(manifest);
        }
        assertThat(manifests.stream().map(KubernetesTest::name)).doesNotHaveDuplicates();
    }

    @Test
    void aMisspeltFieldWouldBeFound() throws IOException {
        JsonObject broken = read(FOLDER.resolve("smtp.yaml")).getFirst();
        container(at(broken, "spec", "template")).add("livenessprobe", new JsonObject());
        assertThatThrownBy(() -> check(broken)).hasMessageContaining("livenessprobe");
    }

    @Test
    void theListOfManifestsIsWhole() throws IOException {
        Set<String> listed = new TreeSet<>(List.of("kustomization.yaml"));
        kustomization().getAsJsonArray("resources").forEach(name -> listed.add(name.getAsString()));
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> String.valueOf(file.getFileName()))
                            .filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void smtpKeepsItsSpoolAndTheOthersAreDeployments() throws IOException {
        JsonObject smtp = manifests().stream()
                .filter(manifest -> name(manifest).equals("StatefulSet smtp-service"))
                .findFirst()
                .orElseThrow();
        assertThat(at(smtp, "spec").getAsJsonArray("volumeClaimTemplates")).hasSize(1);
        assertThat(pods().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Service.values()).map(Service::title).toList());
    }

    @Test
    void everyPodIsProbedBoundedAndWithoutPrivileges() throws IOException {
        pods().forEach((name, pod) -> {
            JsonObject container = container(pod);
            assertThat(container.keySet())
                    .as(name)
                    .contains("startupProbe", "livenessProbe", "readinessProbe", "resources");
            assertThat(at(container, "resources", "limits").has("memory"))
                    .as(name)
                    .isTrue();
            assertThat(at(container, "securityContext").toString())
                    .as(name)
                    .contains(
                            "\"allowPrivilegeEscalation\":false",
                            "\"readOnlyRootFilesystem\":true",
                            "\"drop\":[\"ALL\"]");
            assertThat(at(pod, "spec", "securityContext").get("runAsUser").getAsInt())
                    .as(name)
                    .isEqualTo(1000);
            Set<String> volumes = new TreeSet<>();
            at(pod, "spec")
                    .getAsJsonArray("volumes")
                    .forEach(volume -> volumes.add(text(volume.getAsJsonObject(), "name")));
            container.getAsJsonArray("volumeMounts").forEach(mount -> {
                String used = text(mount.getAsJsonObject(), "name");
                assertThat(volumes.contains(used) || used.equals("data"))
                        .as(name + " mounts " + used)
                        .isTrue();
            });
        });
    }

    @Test
    void everyServiceLeadsToPortsOfPods() throws IOException {
        Map<String, JsonObject> pods = pods();
        for (JsonObject manifest : manifests()) {
            if (text(manifest, "kind").equals("Service")) {
                String selected = text(at(manifest, "spec", "selector"), "app.kubernetes.io/name");
                JsonObject pod = Objects.requireNonNull(pods.get(selected), name(manifest));
                Set<String> ports = new TreeSet<>();
                container(pod).getAsJsonArray("ports").forEach(port -> ports.add(text(port.getAsJsonObject(), "name")));
                at(manifest, "spec").getAsJsonArray("ports").forEach(port -> assertThat(ports)
                        .as(name(manifest))
                        .contains(text(port.getAsJsonObject(), "targetPort")));
            }
        }
    }

    @Test
    void everyVariableIsOneThatServicesRead() throws IOException {
        StringBuilder known = new StringBuilder();
        for (String file : List.of(
                "common-lib/src/main/resources/digidig-defaults.yml",
                "identity-service/src/main/resources/application.yml",
                "storage-service/src/main/resources/application.yml",
                "smtp-service/src/main/resources/application.yml",
                "imap-service/src/main/resources/application.yml",
                "client-service/src/main/resources/application.yml",
                "admin-service/src/main/resources/application.yml",
                "apidocs-service/src/main/resources/application.yml")) {
            known.append(Files.readString(Checkout.path(file)));
        }
        for (JsonElement generator : kustomization().getAsJsonArray("configMapGenerator")) {
            for (JsonElement literal : generator.getAsJsonObject().getAsJsonArray("literals")) {
                String name = literal.getAsString().replaceFirst("=.*", "");
                if (!name.startsWith("SPRING_")) {
                    assertThat(known.toString()).contains("${" + name);
                }
            }
        }
    }
}
