package cz.digidig.admin.overview;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Backend;
import cz.digidig.admin.backend.Calls.Wanted;
import cz.digidig.admin.backend.Service;
import cz.digidig.common.config.ServiceProperties;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The suite's volumes, as its services tell of their own; logs and test reports are of all of them. */
@Component
public class Disks {
    private final Backend backend;
    private final ServiceProperties properties;

    Disks(Backend backend, ServiceProperties properties) {
        this.backend = backend;
        this.properties = properties;
    }

    /** All of them; of a service that does not answer nothing is known. */
    public List<Disk> all() {
        List<Service> services = backend.services();
        List<Answer> answers = backend.mine()
                .get(services.stream()
                        .map(service -> new Wanted(service, "/api/stats"))
                        .toList());
        List<Disk> disks = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            JsonNode stats = answers.get(i).content().orElse(MissingNode.getInstance());
            JsonNode volume = stats.path("volume");
            disks.add(new Disk(
                    "data",
                    services.get(i),
                    volume.path("used").asLong(-1),
                    volume.path("total").asLong(0),
                    volume.path("free").asLong(0)));
            if (stats.has("database")) {
                disks.add(new Disk(
                        "database",
                        services.get(i),
                        stats.path("database").path("used").asLong(-1),
                        0,
                        0));
            }
        }
        add(disks, "logs", properties.logsDir());
        add(disks, "tests", properties.testsDir());
        return disks;
    }

    private static void add(List<Disk> disks, String kind, Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            disks.add(new Disk(kind, null, -1, store.getTotalSpace(), store.getUsableSpace()));
        } catch (IOException _) {
            // A folder that is not there has no disk to speak of.
        }
    }
}
