# An agent of no known kind whose last words are an error.
sleep 2
printf 'collecting files\nError: the model server refused the request\n'
sleep 86400
