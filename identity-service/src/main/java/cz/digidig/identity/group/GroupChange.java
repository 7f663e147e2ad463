package cz.digidig.identity.group;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be different of a group; null: as it is. */
record GroupChange(
        @Size(min = 1, max = 200) @Nullable String name,
        @Size(max = Groups.MOST_MEMBERS) @Nullable List<@NotBlank @Size(max = 320) String> members,
        @Nullable Posting posting,
        @Nullable Boolean enabled) {}
