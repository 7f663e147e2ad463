package cz.digidig.identity.settings;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Another OpenID provider that people may sign in by.
 *
 * @param id in paths
 * @param name on the sign-in page
 * @param issuer its URL, where its configuration is found
 * @param clientId what it knows this service by
 * @param password the client's secret there
 */
public record ExternalProvider(
        @NotBlank
        @Pattern(regexp = "[a-z0-9-]{1,40}")
        @Schema(title = "Id", description = "Part of the redirect URI: /sign-in/external/ID/callback")
        String id,

        @NotBlank @Size(max = 60) @Schema(title = "Name", description = "On the button of the sign-in page")
        String name,

        @NotBlank
        @Pattern(regexp = "https?://[^\\s?#]+")
        @Size(max = 300)
        @Schema(title = "Issuer", description = "The provider's URL, https")
        String issuer,

        @NotBlank @Size(max = 300) @Schema(title = "Client id")
        String clientId,

        @NotNull @Size(max = 500) @Schema(title = "Client secret")
        String password) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "ExternalProvider[" + id + "]";
    }
}
