package cz.digidig.common.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** What failed before any controller, for whoever asked for a page. Others get problem details at the same path. */
@PageController
@ConditionalOnPages
class PageErrors {
    @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView error(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return PageFailures.page(status instanceof Integer code ? code : 404, request, "");
    }
}
