package cz.digidig.client.message;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Pictures of mails that lie elsewhere, fetched for the reader. Whoever has the proof that one stood in a mail which was opened
 * gets it, signed in or not: a frame without an origin is sent no cookies for.
 */
@Controller
class PictureController {
    private final RemotePictures pictures;

    PictureController(RemotePictures pictures) {
        this.pictures = pictures;
    }

    @GetMapping(RemotePictures.PATH)
    void picture(@RequestParam String url, @RequestParam String proof, HttpServletResponse response)
            throws IOException {
        if (!pictures.proves(url, proof)) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "no mail has this picture");
        }
        RemotePictures.Picture picture = pictures.fetch(url)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "the picture can't be had"));
        OctetsController.harmless(response);
        response.setContentType(picture.type());
        response.getOutputStream().write(picture.octets());
    }
}
